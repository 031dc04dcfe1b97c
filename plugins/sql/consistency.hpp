// SPDX-License-Identifier: Apache-2.0
// The parameter `consistent` of a reader: one snapshot over all lanes and tables?
#pragma once

#include "sluice/context.hpp"
#include "sql/problem.hpp"

namespace sluice::sql {

enum class Consistency {
  none,         // false
  if_possible,  // auto
  required,     // true: fail without it
  locked        // lock: the same, with the tables locked for a moment when the store needs it
};

Consistency consistency_of(const Context& context);

// Offline.
void check_consistency(const Context& context, Problems& problems);

inline bool is_required(Consistency wish) { return wish == Consistency::required || wish == Consistency::locked; }

}  // namespace sluice::sql
