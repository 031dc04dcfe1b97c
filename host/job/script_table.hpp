// SPDX-License-Identifier: Apache-2.0
//
// The keys of the script itself, for lint, documentation and the editor's schema.
#pragma once

#include "job/option.hpp"
#include "job/setting.hpp"

namespace sluice::job {

// With the tables of steps and of `setting` as children.
const OptionTable& script_table();
const OptionTable& step_table();

}  // namespace sluice::job
