// SPDX-License-Identifier: Apache-2.0
// CREATE TABLE for records that arrive (sluice.ddl/1): names, NOT NULL and the primary key are the same everywhere;
// what a type becomes is the store's own.
//
//     void MyWriter::create_table(const Schema& input, const TextSink& sink) {
//       sql::create_table(dialect, target_name(context_), context_.strings("column"), input, column_type, sink);
//     }
#pragma once

#include <span>
#include <string>

#include "sluice/extension.hpp"
#include "sluice/schema.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

struct ColumnType {
  std::string type;         // "numeric(10,2)"
  std::string remark = {};  // what of the source's type is not kept; mostly nothing
};

// `columns`: the job's parameter `column`, whose names the table gets; the records' own where it says "*". A primary
// key of which a part does not arrive is none.
void create_table(const Dialect& dialect, const TableName& table, std::span<const std::string> columns,
                  const Schema& input, ColumnType (*type_of)(const Field&), const TextSink& sink);

}  // namespace sluice::sql
