// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/drafting.hpp"
#include "cli/job_draft.hpp"

namespace sluice::cli {

// Sets what a job of these plugins cannot do without, to examples and defaults: what is required, what a connection is
// made with, the columns; then whatever the plugins' own rules miss. Values that are set stay.
void complete(JobDraft&, const Drafting&);

}  // namespace sluice::cli
