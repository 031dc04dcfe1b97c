// SPDX-License-Identifier: Apache-2.0
// The `column` parameter: names, quoted names, constants, expressions, or ["*"].
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sql/problem.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

enum class ColumnKind { name, constant, expression };

struct ColumnEntry {
  ColumnKind kind;
  std::string text;  // as the job has it
  std::string name;  // of a name: without its quotes
  std::string sql;   // what stands in a SELECT list
};

struct ColumnList {
  bool all = false;  // ["*"]: `entries` is empty until the table is known
  std::vector<ColumnEntry> entries;

  std::vector<std::string> names() const;
};

//   id  "order id"  `order id`          names (quoted as the store quotes them)
//   1  -2.5  'abc'  'null'  null  true  constants
//   now()  a + b  upper(name) as n      expressions: whatever is none of the above
//
// Problems are for the parameter `column`. Empty entries and "*" among others are problems.
ColumnList parse_columns(const Dialect& dialect, std::span<const std::string> entries, Problems& problems);

// The same for a writer: there only names make sense.
ColumnList parse_target_columns(const Dialect& dialect, std::span<const std::string> entries, Problems& problems);

}  // namespace sluice::sql
