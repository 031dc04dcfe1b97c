// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/differences.hpp"
#include "engine/keyed_records.hpp"

namespace sluice::engine {

// The keys whose records are not the same on both sides, by the hashes of the records alone; see find_differences().
struct DifferingKeys {
  std::vector<record::RecordHash> keys;
  std::uint64_t superseded = 0;
  bool complete = true;  // false: there are more keys than were asked for

  // Adds those of a part of the records, in which no key occurs that was in another part. All three are sorted.
  void add(const std::vector<KeyedRecord>& source, const std::vector<KeyedRecord>& target,
           const std::vector<KeyedRecord>& refused, const DifferenceRules& rules, std::size_t limit);
};

}  // namespace sluice::engine
