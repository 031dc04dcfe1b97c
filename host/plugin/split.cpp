// SPDX-License-Identifier: Apache-2.0
#include "plugin/split.hpp"

#include <algorithm>
#include <unordered_set>

#include "plugin/sized.hpp"
#include "plugin/text.hpp"
#include "record/utf8.hpp"

namespace sluice::plugin {
namespace {

std::int64_t estimate(std::int64_t value) { return std::max<std::int64_t>(value, -1); }

Split own(const SluiceSplit& raw) {
  return {.key = std::string(view(raw.key)),
          .payload = std::string(view(raw.payload)),
          .label = clean_text(view(raw.label)),
          .fingerprint = std::string(view(raw.fingerprint)),
          .stable = (raw.flags & SLUICE_SPLIT_STABLE) != 0,
          .records = estimate(raw.records),
          .bytes = estimate(raw.bytes)};
}

std::string fault_of(const Split& split) {
  if (split.key.empty()) return "a split without a key";
  if (!record::is_utf8(split.key)) return "a split whose key is not UTF-8: " + clean_text(split.key, 200);
  if (split.key.size() > max_split_key) return "a split key of " + std::to_string(split.key.size()) + " bytes";
  if (split.payload.size() > max_split_payload)
    return "a split payload of " + std::to_string(split.payload.size()) + " bytes, more than " +
           std::to_string(max_split_payload) + ": split " + split.key;
  if (!record::is_utf8(split.fingerprint)) return "a split whose fingerprint is not UTF-8: split " + split.key;
  if (split.fingerprint.size() > max_split_fingerprint)
    return "a split fingerprint of " + std::to_string(split.fingerprint.size()) + " bytes, more than " +
           std::to_string(max_split_fingerprint) + ": split " + split.key;
  return {};
}

std::string twin(const std::vector<Split>& splits) {
  std::unordered_set<std::string_view> keys;
  for (const Split& split : splits)
    if (!keys.insert(split.key).second) return "two splits with one key: " + split.key;
  return {};
}

}  // namespace

SluiceSplit Split::raw() const {
  auto raw = sized<SluiceSplit>();
  raw.flags = stable ? SLUICE_SPLIT_STABLE : 0;
  raw.key = borrow(key);
  raw.payload = borrow(payload);
  raw.label = borrow(label);
  raw.fingerprint = borrow(fingerprint);
  raw.records = records;
  raw.bytes = bytes;
  return raw;
}

std::int64_t total(const std::vector<Split>& splits, std::int64_t Split::*estimate) {
  std::int64_t sum = 0;
  for (const Split& split : splits)
    if (split.*estimate < 0 || __builtin_add_overflow(sum, split.*estimate, &sum)) return -1;
  return sum;
}

PlanCollector::PlanCollector() : sink_(sized<SluiceSplitSink>()) {
  sink_.host = this;
  sink_.add = [](const SluiceSplitSink* sink, const SluiceSplit* split) noexcept {
    static_cast<PlanCollector*>(sink->host)->add(split);
  };
}

void PlanCollector::add(const SluiceSplit* theirs) {
  if (!fault_.empty()) return;
  if (theirs == nullptr) {
    fault_ = "a split that is NULL";
    return;
  }
  Split split = own(sized_copy(theirs));
  fault_ = fault_of(split);
  if (fault_.empty()) splits_.push_back(std::move(split));
}

Result<std::vector<Split>> PlanCollector::finish(std::string_view where) && {
  if (fault_.empty()) fault_ = twin(splits_);
  if (!fault_.empty()) return breach(where, fault_);
  return std::move(splits_);
}

}  // namespace sluice::plugin
