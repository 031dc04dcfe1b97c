// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/open_job.hpp"
#include "engine/run_state.hpp"

namespace sluice::engine {

// What a writer keeps in the destination while a run may be resumed (files aside, marks) goes when nobody needs it any
// more. What does not work is a warning: the run itself is as it should be, and the job's next run tries again. The
// job's lock is held; one thread.

// Of a run that begins, or begins again, with nothing committed: what a run of its id left before. Must work: a mark
// of then would be taken for a split of now.
plugin::Result<void> forget_former(OpenJob&);

// Of a run that is durably complete.
void clean_up(OpenJob&, const std::string& run, Journal&);

// Of the job's other runs, which cannot be resumed from now on: the run `by` takes their place.
void supersede_others(OpenJob&, const std::filesystem::path& state, const RunIdentity& by);

}  // namespace sluice::engine
