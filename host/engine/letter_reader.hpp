// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugin/plugin.hpp"

namespace sluice::engine {

// The reader of a run's dirty records: parameters `directory` (of the run) and `step` (that had refused them). Its
// splits are stable, it needs neither source nor plugin file.
const plugin::Plugin& letter_reader();

}  // namespace sluice::engine
