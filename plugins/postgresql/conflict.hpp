// SPDX-License-Identifier: Apache-2.0
// What happens to a record whose key is there already.
#pragma once

#include "postgresql/target.hpp"

namespace sluice::postgresql {

// From writeMode, conflictMode, uniqueIndexColumns and updateColumn: the target's ON CONFLICT.
void settle_conflicts(const Context& context, Target& target, sql::Problems& problems);

}  // namespace sluice::postgresql
