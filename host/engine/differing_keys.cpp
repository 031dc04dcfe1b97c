// SPDX-License-Identifier: Apache-2.0
#include "engine/differing_keys.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace sluice::engine {
namespace {

using Part = std::span<const KeyedRecord>;

// Takes the records of one key from the beginning of `rest`.
Part take(Part& rest, const record::RecordHash& key) {
  const auto end = std::find_if(rest.begin(), rest.end(), [&](const KeyedRecord& one) { return one.key != key; });
  const auto size = static_cast<std::size_t>(end - rest.begin());
  const Part taken = rest.first(size);
  rest = rest.subspan(size);
  return taken;
}

std::vector<KeyedRecord> without(Part all, Part others) {
  std::vector<KeyedRecord> rest;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(), std::back_inserter(rest));
  return rest;
}

Part of_key(const std::vector<KeyedRecord>& all, const record::RecordHash& key) {
  const auto begin = std::lower_bound(all.begin(), all.end(), KeyedRecord{key, {}});
  Part rest(begin, all.end());
  return take(rest, key);
}

}  // namespace

void DifferingKeys::add(const std::vector<KeyedRecord>& source, const std::vector<KeyedRecord>& target,
                        const std::vector<KeyedRecord>& refused, const DifferenceRules& rules, std::size_t limit) {
  Part ours(source), theirs(target);
  while (!ours.empty() || !theirs.empty()) {
    const bool is_ours = theirs.empty() || (!ours.empty() && ours.front().key <= theirs.front().key);
    const record::RecordHash key = is_ours ? ours.front().key : theirs.front().key;
    const Part here = take(ours, key), there = take(theirs, key);
    const auto unmatched = without(here, there);
    auto missing = without(unmatched, of_key(refused, key));
    if (rules.others_allowed && rules.keyed && unmatched.size() < here.size()) {
      superseded += missing.size();
      missing.clear();
    }
    const bool has_extra = !rules.others_allowed && here.size() - unmatched.size() < there.size();
    if (missing.empty() && !has_extra) continue;
    if (keys.size() == limit) {
      complete = false;
      return;
    }
    keys.push_back(key);
  }
}

}  // namespace sluice::engine
