// SPDX-License-Identifier: Apache-2.0
//
// What the stores themselves say of a job that is being made: `template --from-table`. Connects; changes nothing.
#pragma once

#include <optional>

#include "cli/drafting.hpp"
#include "job/problem.hpp"

namespace sluice::cli {

// The reader's columns by name, its key as splitPk, and the writer's columns to match. Columns that are set stay.
// Nothing when all went well, else the exit code.
std::optional<int> ask_source(JobDraft&, const Drafting&, job::Problems&);

// The writer's CREATE TABLE, or the table that is there; every column's way from type to type. Needs what ask_source()
// has filled in.
std::optional<int> ask_target(JobDraft&, const Drafting&, job::Problems&);

}  // namespace sluice::cli
