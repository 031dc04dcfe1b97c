// SPDX-License-Identifier: Apache-2.0
// What a database says about a table, in the same words for every store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::sql {

struct TableColumn {
  std::string name;
  std::string native_type;  // "decimal(10,2) unsigned"
  bool nullable = true;
  bool has_default = false;  // the store fills it: a default, identity, a rowid
  bool generated = false;    // computed: cannot be written
  int key = 0;               // position in the primary key from 1; 0: not in it
};

struct UniqueKey {
  std::vector<std::string> columns;
  bool primary = false;
};

struct TableShape {
  std::string table;  // for messages
  std::vector<TableColumn> columns;
  std::vector<UniqueKey> keys;  // primary first; without partial ones and ones over expressions
  bool is_view = false;

  // Exact spelling first; otherwise without case, when only one column fits.
  std::optional<size_t> find(std::string_view name) const;
  std::vector<std::string> names() const;
  // In key order.
  std::vector<std::string> primary_key() const;
  // Are all columns of some key among these (indexes of `columns`)? Then nothing can be written twice.
  bool has_key_in(const std::vector<size_t>& written) const;
};

}  // namespace sluice::sql
