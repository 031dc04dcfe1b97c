// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/open_job.hpp"
#include "plugin/failure.hpp"
#include "plugin/split.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// What arrives at one step: the shape of the records that it may refuse.
struct StageSchema {
  std::string step;
  std::vector<record::Field> fields;
};

// What is kept of a run's plan, `plan.json`: how a resumed run goes on with the same splits, and how its dirty records
// are read back. A plain value.
struct StoredPlan {
  std::uint32_t lanes = 1;  // for how many it was made
  std::vector<plugin::Split> splits;
  std::vector<StageSchema> stages;  // processors in their order, then the writer

  // Of the step with that name; NULL when there is none.
  const StageSchema* stage(std::string_view step) const;
};

boost::json::object to_json(const plugin::Split&);
plugin::Split split_of(const boost::json::object&);

StoredPlan plan_of(const OpenJob&, std::vector<plugin::Split> splits);

plugin::Result<void> keep_plan(const std::filesystem::path& directory, const StoredPlan&);
plugin::Result<StoredPlan> read_plan(const std::filesystem::path& directory);

}  // namespace sluice::engine
