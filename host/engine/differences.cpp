// SPDX-License-Identifier: Apache-2.0
#include "engine/differences.hpp"

#include <algorithm>
#include <set>

namespace sluice::engine {
namespace {

using Hash = record::RecordHash;
using Records = std::vector<const RecordDetail*>;

// All records of one key.
struct OneKey {
  std::uint64_t in_source = 0, in_target = 0;
  bool matched = false;
  Records source, target;  // those without a counterpart
};

void take_counterparts(OneKey& key) {
  Records missing, extra;
  auto s = key.source.begin();
  auto t = key.target.begin();
  while (s != key.source.end() && t != key.target.end()) {
    const Hash &ours = (*s)->hashes.record, &theirs = (*t)->hashes.record;
    if (ours == theirs)
      ++s, ++t, key.matched = true;
    else if (ours < theirs)
      missing.push_back(*s++);
    else
      extra.push_back(*t++);
  }
  missing.insert(missing.end(), s, key.source.end());
  extra.insert(extra.end(), t, key.target.end());
  key.source = std::move(missing);
  key.target = std::move(extra);
}

class Finder {
 public:
  Finder(const record::Schema& schema, const DifferenceRules& rules) : schema_(schema), rules_(rules) {}

  void look_at(OneKey key, std::multiset<Hash>& refused) {
    take_counterparts(key);
    std::erase_if(key.source, [&](const RecordDetail* record) {
      const auto known = refused.find(record->hashes.record);
      if (known == refused.end()) return false;
      refused.erase(known);
      return true;
    });
    if (rules_.others_allowed && rules_.keyed && key.matched) {
      found_.superseded += key.source.size();
      key.source.clear();
    }
    const std::size_t pairs = std::min(key.source.size(), key.target.size());
    for (std::size_t i = 0; i < pairs; ++i) add_different(key, *key.source[i], *key.target[i]);
    if (key.source.size() > pairs) add_missing(key, pairs);
    if (key.target.size() > pairs && !rules_.others_allowed) add_extra(key, pairs);
  }

  Differences take() { return std::move(found_); }

 private:
  Difference& add(DifferenceKind kind, const OneKey& key, const RecordDetail& record, std::size_t records) {
    Difference& difference = found_.list.emplace_back();
    difference.kind = kind;
    difference.key = record.key;
    difference.records = records;
    difference.in_source = key.in_source;
    difference.in_target = key.in_target;
    return difference;
  }
  void add_different(const OneKey& key, const RecordDetail& ours, const RecordDetail& theirs) {
    Difference& difference = add(DifferenceKind::different, key, ours, 1);
    for (std::size_t i = 0; i < schema_.size(); ++i)
      if (ours.columns[i] != theirs.columns[i]) difference.columns.push_back(schema_.field(i).name);
    difference.source = ours.values;
    difference.target = theirs.values;
    ++found_.different;
  }
  void add_missing(const OneKey& key, std::size_t from) {
    const std::size_t records = key.source.size() - from;
    add(DifferenceKind::missing, key, *key.source[from], records).source = key.source[from]->values;
    found_.missing += records;
  }
  void add_extra(const OneKey& key, std::size_t from) {
    const std::size_t records = key.target.size() - from;
    add(DifferenceKind::extra, key, *key.target[from], records).target = key.target[from]->values;
    found_.extra += records;
  }

  const record::Schema& schema_;
  const DifferenceRules rules_;
  Differences found_;
};

// Moves `at` past the records of one key.
Records records_of(const Hash& key, const std::vector<RecordDetail>& all, std::size_t& at) {
  Records records;
  for (; at < all.size() && all[at].hashes.key == key; ++at) records.push_back(&all[at]);
  return records;
}

}  // namespace

std::string_view to_string(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::missing:
      return "missing";
    case DifferenceKind::extra:
      return "extra";
    case DifferenceKind::different:
      return "different";
  }
  return "";
}

Differences find_differences(const std::vector<RecordDetail>& source, const std::vector<RecordDetail>& target,
                             const std::vector<KeyedRecord>& refused, const record::Schema& schema,
                             const DifferenceRules& rules) {
  std::multiset<Hash> known;
  for (const KeyedRecord& record : refused) known.insert(record.record);
  Finder finder(schema, rules);
  for (std::size_t s = 0, t = 0; s < source.size() || t < target.size();) {
    const bool ours = t == target.size() || (s < source.size() && source[s].hashes.key <= target[t].hashes.key);
    const Hash key = ours ? source[s].hashes.key : target[t].hashes.key;
    OneKey records;
    records.source = records_of(key, source, s);
    records.target = records_of(key, target, t);
    records.in_source = records.source.size();
    records.in_target = records.target.size();
    finder.look_at(std::move(records), known);
  }
  return finder.take();
}

}  // namespace sluice::engine
