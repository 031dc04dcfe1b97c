// SPDX-License-Identifier: Apache-2.0
//
// What the stores themselves say of a job that is being made: `template --from-table`. Connects; changes nothing.
#pragma once

#include <optional>

#include "cli/data_source_options.hpp"
#include "cli/job_draft.hpp"
#include "engine/open_job.hpp"
#include "job/problem.hpp"
#include "plugin/catalogue.hpp"

namespace sluice::cli {

// What it takes to ask.
struct Asking {
  plugin::Catalogue& catalogue;
  engine::Log& log;
  const DataSourceOptions& data_sources;
  job::Problems& problems;
};

// The reader's columns by name, its key as splitPk, and the writer's columns to match. Columns that are set stay.
// Nothing when all went well, else the exit code.
std::optional<int> ask_source(JobDraft&, const Asking&);

// The writer's CREATE TABLE, or the table that is there; every column's way from type to type, as remarks of the
// writer. Needs what ask_source() has filled in.
std::optional<int> ask_target(JobDraft&, const Asking&);

}  // namespace sluice::cli
