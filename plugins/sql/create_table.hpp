// SPDX-License-Identifier: Apache-2.0
// CREATE TABLE for records that arrive (sluice.ddl/1): names, NOT NULL and the primary key are the same everywhere;
// what a type becomes is the store's own.
//
//     void MyWriter::create_table(const Schema& input, const TextSink& sink) {
//       sql::create_table(dialect, target_name(context_), context_.strings("column"), input, column_type, sink);
//     }
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sluice/extension.hpp"
#include "sluice/schema.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

struct ColumnType {
  std::string type;         // "numeric(10,2)"
  std::string remark = {};  // what of the source's type is not kept; mostly nothing
  std::optional<Type> wanted = {};  // where values have to be of another type than those that arrive
};

// Where a store's statement says more than others.
struct TableWords {
  std::string_view nullable = {};  // " NULL", behind the type of a column that takes NULL
  std::string_view options = {};   // " ENGINE=InnoDB", behind the columns
};

// `columns`: the job's parameter `column`, whose names the table gets; the records' own where it says "*". A primary
// key of which a part does not arrive is none.
void create_table(const Dialect& dialect, const TableName& table, std::span<const std::string> columns,
                  const Schema& input, const std::function<ColumnType(const Field&)>& type_of, const TextSink& sink,
                  const TableWords& words = {});

// Part of a primary key, whole or not: its type has to be one that an index takes.
bool is_key(const Field& field);
// The most characters or bytes that a value has; 0: no bound, or none that is known.
int64_t bound_of(const Field& field);

}  // namespace sluice::sql
