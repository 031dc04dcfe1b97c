// SPDX-License-Identifier: Apache-2.0
#include "odbc/source.hpp"

#include <algorithm>

#include "sql/check.hpp"
#include "sql/match_columns.hpp"
#include "sql/meaning.hpp"
#include "sql/select.hpp"
#include "sql/split_key.hpp"
#include "sql/sql_text.hpp"
#include "sql/statements.hpp"

namespace sluice::odbc {

namespace {

Field field_of(std::string name, const ResultCodec& codec, const ColumnType& type, bool nullable) {
  Field field{.name = std::move(name), .type = {}, .nullable = nullable};
  sql::set_type(field, codec.arrow.type, type.native(), codec.arrow.meta, codec.arrow.length);
  return field;
}

// What one table or query adds to the selection.
struct Part {
  Source source;
  std::vector<ResultCodec> codecs;
  std::vector<Field> fields;
};

// How values travel.
std::vector<int> wires_of(const std::vector<ResultCodec>& codecs) {
  std::vector<int> wires;
  for (const auto& codec : codecs) wires.push_back(codec.c_type);
  return wires;
}

class Gathering {
 public:
  Gathering(const Context& context, Connection& connection, sql::Problems& problems)
      : context_(context), connection_(connection), problems_(problems) {}

  Selection run() {
    const auto queries = context_.strings("querySql");
    for (size_t i = 0; i < queries.size(); ++i)
      add_query(queries[i], sql::query_path(i, queries.size()), sql::query_label(i, queries.size()));
    if (!queries.empty()) return std::move(selection_);
    columns_ = sql::parse_columns(connection_.dialect(), context_.strings("column"), problems_);
    for (const auto& table : sql::reader_tables(context_, connection_.dialect(), problems_)) add_table(table);
    return std::move(selection_);
  }

 private:
  void add_query(const std::string& query, const std::string& path, std::string label) {
    const auto statements = sql::split_statements(connection_.dialect(), query);
    if (statements.size() != 1) {
      problems_.push_back({path, "not one statement: " + std::to_string(statements.size()),
                           "write one SELECT; list several queries as an array"});
      return;
    }
    Part part;
    part.source.label = std::move(label);
    part.source.query = statements[0];
    const auto described = describe(statements[0], path);
    if (!described) return;
    if (described->empty()) problems_.push_back({path, "a query that selects nothing", "write a SELECT"});
    for (const auto& column : *described) add_column(part, column, false, "");
    if (!described->empty()) join(std::move(part), path);
  }

  void add_table(const std::string& text) {
    const auto name = sql::TableName::parse(connection_.dialect(), text);
    if (!name) return;
    const auto table = find_table(connection_, *name, "table", problems_);
    if (!table) return;
    sql::ColumnList columns = columns_;
    const size_t before = problems_.size();
    sql::match_reader_columns(connection_.dialect(), table->shape, columns, problems_);
    if (problems_.size() != before) return;
    Part part;
    part.source.label = table->shape.table;
    part.source.from = table->quoted;
    part.source.where = sql::user_condition(connection_.dialect(), context_.string("where", ""));
    part.source.is_stable = !table->shape.is_view;
    if (add_columns(part, *table, columns)) {
      part.source.split = choose_key(*table);
      join(std::move(part), "table");
    }
  }

  // Names have the table's types; for everything else the database is asked.
  bool add_columns(Part& part, const TableInfo& table, const sql::ColumnList& columns) {
    std::vector<std::optional<size_t>> places;
    for (const auto& entry : columns.entries) {
      places.push_back(entry.kind == sql::ColumnKind::name ? table.shape.find(entry.name) : std::nullopt);
      part.source.columns.push_back(
          places.back() ? exact_sql(table.types[*places.back()], connection_.product(), entry.sql) : entry.sql);
    }
    const auto described = describe(part.source.statement("1 = 0"), part.source.where.empty() ? "column" : "where");
    if (!described) return false;
    for (size_t i = 0; i < columns.entries.size() && i < described->size(); ++i) {
      if (!places[i]) {
        ResultColumn column = (*described)[i];
        column.name = columns.entries[i].text;
        add_column(part, column, false, "");
        continue;
      }
      const auto& column = table.shape.columns[*places[i]];
      add_column(part, {column.name, table.types[*places[i]], column.nullable}, true, columns.all ? "1" : "");
      if (column.key > 0) part.fields.back().metadata[SLUICE_META_KEY] = std::to_string(column.key);
    }
    return true;
  }

  void add_column(Part& part, const ResultColumn& column, bool exactly, const std::string& all) {
    ResultCodec codec = codec_to_read(column.type, connection_.product(), exactly);
    if (is_instant(column.type) && !codec.arrow.type.utc)
      problems_.push_back({"column", "an instant is read as the wall-clock time of the session's zone: " + column.name,
                           "set that zone in session, so that it is known what the times mean", true});
    part.fields.push_back(field_of(column.name, codec, column.type, column.nullable));
    if (!all.empty()) part.fields.back().metadata[SLUICE_META_ALL] = all;
    part.codecs.push_back(std::move(codec));
  }

  // Nothing when the database does not understand the statement.
  std::optional<std::vector<ResultColumn>> describe(const std::string& sql, const std::string& path) {
    Statement statement(connection_, "prepare");
    try {
      statement.prepare(sql);
      return statement.describe();
    } catch (const Error& e) {
      if (sql::must_stop(e)) throw;
      problems_.push_back({path, e.what(), "this is what was tried: " + sql});
      return std::nullopt;
    }
  }

  std::optional<SplitKey> choose_key(const TableInfo& info) {
    const auto& shape = info.shape;
    const auto leading = info.knows_indexes ? info.leading_columns : shape.names();
    const std::string name = sql::choose_split_key(context_, connection_.dialect(), shape, leading,
                                                   {.source = 0, .table = shape.table, .path = "table"}, problems_);
    if (name.empty() || shape.is_view) return std::nullopt;
    if (auto key = split_key(connection_, info, name)) return key;
    const auto primary = shape.primary_key();
    if (primary.empty() || primary.front() != name)
      problems_.push_back({"splitPk",
                           "not used for ranges, " + std::string(connection_.dialect().store) +
                               " is not asked for the order of this type: " + info.types[*shape.find(name)].native() +
                               " " + name,
                           "name another column that leads an index", true});
    return primary.empty() ? std::nullopt : split_key(connection_, info, primary.front());
  }

  void join(Part part, const std::string& path) {
    if (selection_.sources.empty()) {
      selection_.codecs = std::move(part.codecs);
      selection_.schema = Schema(std::move(part.fields));
    } else if (sql::has_same_shape(selection_.schema, wires_of(selection_.codecs), selection_.sources[0].label,
                                   part.fields, wires_of(part.codecs), part.source.label, path, problems_)) {
      for (size_t i = 0; i < part.codecs.size(); ++i)
        selection_.codecs[i].cell = std::max(selection_.codecs[i].cell, part.codecs[i].cell);
    } else {
      return;
    }
    selection_.sources.push_back(std::move(part.source));
  }

  const Context& context_;
  Connection& connection_;
  sql::Problems& problems_;
  sql::ColumnList columns_;
  Selection selection_;
};

}  // namespace

Selection select(const Context& context, Connection& connection, sql::Problems& problems) {
  return Gathering(context, connection, problems).run();
}

}  // namespace sluice::odbc
