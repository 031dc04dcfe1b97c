// SPDX-License-Identifier: Apache-2.0
// How large a table is, and which rowids divide it into equal pieces, in a few page reads: the inner pages of the
// table's b-tree hold just that. Estimates: pages may be older than the last commit.
#pragma once

#include <cstdint>
#include <vector>

#include "sqlite/catalog.hpp"
#include "sqlite/connection.hpp"

namespace sluice::sqlite {

struct TableSize {
  int64_t records = -1;  // -1: unknown
  int64_t bytes = -1;
  // Ascending; each piece between two of them has about as many bytes as the next. May be empty.
  std::vector<int64_t> dividers = {};
};

// `pieces`: at least so many dividers are looked for, where the table has that many pages.
TableSize table_size(Connection& connection, const Table& table, size_t pieces);

}  // namespace sluice::sqlite
