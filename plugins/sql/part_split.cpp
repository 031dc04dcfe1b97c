// SPDX-License-Identifier: Apache-2.0
#include "sql/part_split.hpp"

#include <charconv>

#include "sql/split_payload.hpp"

namespace sluice::sql {

std::string encode_split(const PartSplit& split) {
  return encode_payload({std::to_string(split.part), split.condition, split.snapshot});
}

void add_splits(const SplitSink& sink, size_t part, const std::vector<PlannedSplit>& splits,
                const std::string& snapshot, bool is_stable) {
  for (size_t i = 0; i < splits.size(); ++i)
    sink.add({.key = std::to_string(part) + "." + std::to_string(i),
              .payload = encode_split({part, splits[i].condition, snapshot}),
              .label = splits[i].label,
              .stable = splits[i].is_stable && is_stable,
              .records = splits[i].records,
              .bytes = splits[i].bytes});
}

PartSplit decode_split(const Split& split, size_t parts) {
  const auto fields = decode_payload(split.payload);
  if (fields.size() != 3 || !fields[0] || !fields[1] || !fields[2])
    throw invalid("not a split of this reader: " + split.key);
  PartSplit out{0, *fields[1], *fields[2]};
  const auto [end, error] = std::from_chars(fields[0]->data(), fields[0]->data() + fields[0]->size(), out.part);
  if (error != std::errc() || *end != '\0' || out.part >= parts)
    throw invalid("the split belongs to another job: " + split.key);
  return out;
}

}  // namespace sluice::sql
