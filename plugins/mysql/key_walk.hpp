// SPDX-License-Identifier: Apache-2.0
// Boundaries of any sorted key: the server walks its index and names every n-th value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mysql/connection.hpp"
#include "mysql/selection.hpp"
#include "sql/split_size.hpp"

namespace sluice::mysql {

// A column whose order can be asked for and compared with.
struct SplitKey {
  enum class Kind { integer, number, real, text, bytes, moment, instant };

  std::string name, quoted;
  std::string index;  // quoted
  Kind kind = Kind::text;

  bool is_integer() const { return kind == Kind::integer; }
  // The value as the server writes it, exactly.
  std::string selected() const;
  // The same in SQL, to be compared with the column.
  std::string literal(const std::string& value) const;
};

// Nothing when the column's order is not that of comparisons (enum, set, bit), or no index is sorted by it.
std::optional<SplitKey> split_key(const TableInfo& table, const std::string& column);

// At about these shares of the records. The walk reads the index once.
sql::KeyBoundaries walked_boundaries(Connection& connection, const Selected& part, const SplitKey& key,
                                     const sql::Estimate& whole, const std::vector<double>& shares);

}  // namespace sluice::mysql
