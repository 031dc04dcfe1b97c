// SPDX-License-Identifier: Apache-2.0
// "Did you mean" by the rule that plugins have, too.
#pragma once

#include <sluice/suggest.hpp>

namespace sluice::job {

using sluice::did_you_mean;
using sluice::edit_distance;
using sluice::equal_without_case;
using sluice::suggest;

}  // namespace sluice::job
