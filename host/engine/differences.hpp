// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record_details.hpp"

namespace sluice::engine {

enum class DifferenceKind { missing, extra, different };

std::string_view to_string(DifferenceKind);

// One key whose records are not the same on both sides. No values but the key's, unless they were asked for.
struct Difference {
  DifferenceKind kind = DifferenceKind::missing;
  boost::json::object key;                     // empty when the whole record is the key
  std::vector<std::string> columns;            // those that differ; only of `different`
  std::uint64_t records = 1;                   // how many
  std::uint64_t in_source = 0, in_target = 0;  // how often the key is there
  std::optional<boost::json::object> source, target;
};

struct Differences {
  std::vector<Difference> list;
  std::uint64_t missing = 0, extra = 0, different = 0;
  std::uint64_t superseded = 0;  // of records of one key, those in whose place another one is there
};

struct DifferenceRules {
  bool others_allowed = false;  // the target may hold other records, too
  bool keyed = true;
};

// What is not the same, key by key. All three are sorted; `refused` are records that the writer has refused before, so
// that nobody expects them to be there.
Differences find_differences(const std::vector<RecordDetail>& source, const std::vector<RecordDetail>& target,
                             const std::vector<KeyedRecord>& refused, const record::Schema& schema,
                             const DifferenceRules& rules);

}  // namespace sluice::engine
