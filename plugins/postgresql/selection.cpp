// SPDX-License-Identifier: Apache-2.0
#include "postgresql/selection.hpp"

#include "postgresql/dialect.hpp"
#include "sql/column_list.hpp"
#include "sql/match_columns.hpp"
#include "sql/meaning.hpp"
#include "sql/named_table.hpp"
#include "sql/select.hpp"
#include "sql/split_key.hpp"
#include "sql/sql_text.hpp"

namespace sluice::postgresql {

namespace {

bool may_read(Connection& connection, const TableInfo& table) {
  return connection.value(
             "SELECT (has_table_privilege(:p1::oid, 'SELECT')"
             " OR has_any_column_privilege(:p1::oid, 'SELECT'))::text",
             {std::to_string(table.oid)}) == "true";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

// Gathers the parts and holds them against each other: all must have the first one's columns.
class Gathering {
 public:
  Gathering(const Context& context, const Connections& connections, sql::Problems& problems)
      : context_(context), connections_(connections), problems_(problems) {}

  Selection run() {
    for (const auto& connection : connections_) {
      selection_.sources.push_back(connection->settings());
      selection_.check_text |= connection->takes_any_text();
    }
    const auto queries = context_.strings("querySql");
    for (const size_t source : sql::different_sources(connections_))
      for (size_t i = 0; i < queries.size(); ++i) add_query(source, i, queries.size(), sql::query_text(queries[i]));
    if (queries.empty())
      for (const auto& named : sql::named_tables(context_, dialect, problems_)) add_table(named);
    return std::move(selection_);
  }

 private:
  void add_query(size_t source, size_t index, size_t count, const std::string& text) {
    const std::string path = sql::query_path(index, count);
    Connection& connection = *connections_[source];
    std::vector<ResultColumn> columns;
    try {
      columns = describe_query(connection, text, "query");
    } catch (const Error& e) {
      if (sql::must_stop(e)) throw;
      problems_.push_back({path, e.what(), ""});
      return;
    }
    if (columns.empty()) {
      problems_.push_back({path, "the query answers no columns", "write a SELECT"});
      return;
    }
    Selected part;
    part.source = source;
    part.label = sql::query_label(index, count);
    std::vector<std::string> names;
    for (size_t i = 0; i < columns.size(); ++i) names.push_back("c" + std::to_string(i + 1));
    part.from = sql::parenthesized(dialect, text) + " AS sluice_query (" + joined(names) + ")";
    std::vector<Field> fields(columns.size());
    for (size_t i = 0; i < columns.size(); ++i) fields[i].name = columns[i].name;
    add(std::move(part), names, columns, std::move(fields), path);
  }

  void add_table(const sql::NamedTable& named) {
    Connection& connection = *connections_[named.source];
    const auto name = sql::TableName::parse(dialect, named.table);
    if (!name) return;  // reported by the parser of ranges
    auto table = find_table(connection, *name);
    if (!table)
      return problems_.push_back(sql::no_such_table(named, connection.settings().place(), names_of_tables(connection)));
    if (!may_read(connection, *table))
      return problems_.push_back(sql::unreadable_table(named, quote_name(connection.settings().user)));
    Selected part;
    part.key = sql::choose_split_key(context_, dialect, table->shape, table->leading_columns, named, problems_);
    const size_t before = problems_.size();
    auto columns = sql::parse_columns(dialect, context_.strings("column"), problems_);
    sql::match_reader_columns(dialect, table->shape, columns, problems_);
    if (problems_.size() != before) return;

    part.source = named.source;
    part.label = table->name.text();
    part.from = table->quoted;
    part.where = sql::user_condition(dialect, context_.string("where", ""));
    const auto expressions = sql::sql_of(columns);
    std::vector<ResultColumn> results;
    if (!describe_table(connection, part, expressions, named.path, results)) return;
    std::vector<Field> fields;
    for (const auto& entry : columns.entries) fields.push_back(sql::field_of(entry, table->shape, columns.all));
    part.table = std::move(table);
    add(std::move(part), expressions, results, std::move(fields), named.path);
  }

  bool describe_table(Connection& connection, const Selected& part, const std::vector<std::string>& expressions,
                      const std::string& path, std::vector<ResultColumn>& out) {
    Selected probe = part;
    probe.columns = expressions;
    try {
      out = describe_query(connection, probe.statement(""), "read " + part.label);
      return true;
    } catch (const Error& e) {
      if (sql::must_stop(e)) throw;
      problems_.push_back({path, e.what(), "check column and where against the table"});
      return false;
    }
  }

  // `expressions` become the part's columns, cast to what the decoder understands.
  void add(Selected part, const std::vector<std::string>& expressions, const std::vector<ResultColumn>& results,
           std::vector<Field> fields, const std::string& path) {
    std::vector<ColumnCodec> codecs;
    for (size_t i = 0; i < results.size(); ++i) {
      const ColumnCodec codec = codec_to_read(results[i].type);
      part.columns.push_back(codec.cast.empty() ? expressions[i] : "(" + expressions[i] + ")" + codec.cast);
      sql::set_type(fields[i], codec.type, results[i].type.native, codec.meta, codec.length);
      codecs.push_back(codec);
    }
    if (selection_.parts.empty()) {
      selection_.codecs = std::move(codecs);
      selection_.schema = Schema(std::move(fields));
    } else if (!sql::has_same_shape(selection_.schema, sql::wires_of(selection_.codecs), selection_.parts[0].label,
                                    fields, sql::wires_of(codecs), part.label, path, problems_)) {
      return;
    }
    selection_.parts.push_back(std::move(part));
  }

  const Context& context_;
  const Connections& connections_;
  sql::Problems& problems_;
  Selection selection_;
};

}  // namespace

Selection select(const Context& context, const Connections& connections, sql::Problems& problems) {
  return Gathering(context, connections, problems).run();
}

}  // namespace sluice::postgresql
