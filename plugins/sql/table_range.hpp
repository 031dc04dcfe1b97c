// SPDX-License-Identifier: Apache-2.0
// The `table` parameter of a reader: one table, several, ranges of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/problem.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

inline constexpr size_t most_tables = 1000;

// ["t_[0-2]", "x"] is t_0, t_1, t_2, x. A range is unquoted, ascending, decimal; leading zeros of its first number
// are kept (t_[00-99]). Problems are for `path` ("table", "connection[0].table"). Tables named twice are a problem.
std::vector<std::string> expand_tables(const Dialect& dialect, std::span<const std::string> entries,
                                       std::string_view path, Problems& problems);

// Does an unquoted [digits-digits] stand in the name? A writer refuses it.
bool has_range(const Dialect& dialect, std::string_view entry);

}  // namespace sluice::sql
