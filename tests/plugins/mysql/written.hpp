// SPDX-License-Identifier: Apache-2.0
// A piece of one batch and a target for it, made by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mysql/records.hpp"
#include "mysql/target.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::tests {

inline mysql::ServerType server_type(std::string name, std::string native = "") {
  mysql::ServerType type;
  type.native = native.empty() ? name : std::move(native);
  type.name = std::move(name);
  type.character_set = "utf8mb4";
  return type;
}

// A column `name` of the type, for records that arrive as `input`.
inline mysql::WriteColumn written(const std::string& name, const mysql::ServerType& server, const Type& input) {
  mysql::WriteColumn column = mysql::column_to_write(server, Field{name, input, true});
  column.name = name;
  return column;
}

inline mysql::Target target_of(std::vector<mysql::WriteColumn> columns) {
  mysql::Target target;
  target.table.schema = "shop";
  target.table.relation = "t";
  target.table.quoted = "`shop`.`t`";
  target.table.engine = "InnoDB";
  target.columns = std::move(columns);
  return target;
}

// The builder's records as a piece.
inline sql::RecordPiece piece_of(BatchBuilder& builder, const std::vector<mysql::WriteColumn>& columns) {
  ArrowArray raw{};
  builder.finish(&raw);
  Batch batch(&raw);
  sql::Columns views;
  for (size_t i = 0; i < columns.size(); ++i) views.push_back(batch.column(i, columns[i].type));
  sql::RecordPiece piece;
  piece.add(std::move(batch), 0, std::move(views));
  return piece;
}

inline Schema schema_of(const std::vector<mysql::WriteColumn>& columns) {
  Schema schema;
  for (const auto& column : columns) schema.add({column.name, column.type, true});
  return schema;
}

}  // namespace sluice::tests
