// SPDX-License-Identifier: Apache-2.0
// Boundaries of an integer key without reading it: the server estimates how many records lie in a range, and ranges are
// halved until they are small. Gaps, however huge, cost a few questions.
#pragma once

#include <cstdint>
#include <string>

#include "mysql/key_walk.hpp"

namespace sluice::mysql {

// Of EXPLAIN: records of `from` that meet the condition.
int64_t estimated_records(Connection& connection, const std::string& from, const std::string& condition);

// At about these shares of the records.
sql::KeyBoundaries estimated_boundaries(Connection& connection, const Selected& part, const SplitKey& key,
                                        const std::vector<double>& shares);

}  // namespace sluice::mysql
