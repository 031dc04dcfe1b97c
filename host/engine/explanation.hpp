// SPDX-License-Identifier: Apache-2.0
//
// What a run of an open job would do.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/column_mapping.hpp"
#include "engine/lane_count.hpp"
#include "engine/open_job.hpp"
#include "plugin/split.hpp"
#include "plugin/statement.hpp"

namespace sluice::engine {

struct ExplainedSplit {
  plugin::Split split;
  std::vector<plugin::Statement> statements;  // none when its reader explains nothing
};

struct Explanation {
  std::vector<ExplainedSplit> splits;
  std::int64_t records = -1, bytes = -1;   // estimates over all splits, -1: unknown
  std::vector<plugin::Statement> writing;  // "prepare", "write", "complete"
  std::vector<ColumnMapping> columns;      // none while the target is missing
  LaneCount lanes;
  std::uint64_t expected_memory = 0;
  std::string consistent;  // empty: the reader does not say
  std::vector<std::pair<std::string, std::string>> notes;
  std::vector<std::string> warnings;
};

// Plans as run() would and asks both sides for their statements. Changes nothing; makes plugin calls, one thread.
plugin::Result<Explanation> explain(OpenJob&);

}  // namespace sluice::engine
