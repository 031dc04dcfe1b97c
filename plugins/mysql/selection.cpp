// SPDX-License-Identifier: Apache-2.0
#include "mysql/selection.hpp"

#include "mysql/dialect.hpp"
#include "sql/match_columns.hpp"
#include "sql/meaning.hpp"
#include "sql/named_table.hpp"
#include "sql/select.hpp"
#include "sql/split_key.hpp"
#include "sql/sql_text.hpp"

namespace sluice::mysql {

namespace {

constexpr unsigned no_such_table_number = 1146;

bool is_privilege(const Error& error) { return error.vendor_code() == 1142 || error.vendor_code() == 1143; }

std::string account(const Settings& settings) { return quote_literal(settings.user) + "@'%'"; }

// Expressions that a query is selected through: a common table expression names its columns, whatever they are called.
std::vector<std::string> names_of(size_t columns) {
  std::vector<std::string> names;
  for (size_t i = 0; i < columns; ++i) names.push_back("c" + std::to_string(i + 1));
  return names;
}

// Gathers the parts and holds them against each other: all must have the first one's columns.
class Gathering {
 public:
  Gathering(const Context& context, const Connections& connections, sql::Problems& problems)
      : context_(context), connections_(connections), problems_(problems) {}

  Selection run() {
    for (const auto& connection : connections_) selection_.sources.push_back(connection->settings());
    const auto queries = context_.strings("querySql");
    for (const size_t source : sql::different_sources(connections_))
      for (size_t i = 0; i < queries.size(); ++i) add_query(source, i, queries.size(), sql::query_text(queries[i]));
    if (queries.empty())
      for (const auto& named : sql::named_tables(context_, dialect, problems_)) add_table(named);
    return std::move(selection_);
  }

 private:
  void add_query(size_t source, size_t index, size_t count, const std::string& query) {
    const std::string path = sql::query_path(index, count);
    Selected part;
    part.source = source;
    part.label = sql::query_label(index, count);
    std::vector<ResultColumn> columns;
    if (!describe(*connections_[source], query, part.label, path, columns)) return;
    if (columns.empty()) {
      problems_.push_back({path, "the query answers no columns", "write a SELECT"});
      return;
    }
    part.query = query;
    std::vector<Field> fields(columns.size());
    for (size_t i = 0; i < columns.size(); ++i) fields[i].name = columns[i].name;
    add(std::move(part), names_of(columns.size()), columns, std::move(fields), path);
  }

  void add_table(const sql::NamedTable& named) {
    Connection& connection = *connections_[named.source];
    const auto name = sql::TableName::parse(dialect, named.table);
    if (!name) return;  // reported by the parser of ranges
    auto table = find_table(connection, *name);
    if (!table) return problems_.push_back(missing(connection, named, *name));
    Selected part;
    part.key = sql::choose_split_key(context_, dialect, table->shape, table->leading_columns(), named, problems_);
    const size_t before = problems_.size();
    auto columns = sql::parse_columns(dialect, context_.strings("column"), problems_);
    sql::match_reader_columns(dialect, table->shape, columns, problems_);
    if (problems_.size() != before) return;

    part.source = named.source;
    part.label = table->name.text();
    part.from = table->quoted;
    part.where = sql::user_condition(dialect, context_.string("where", ""));
    part.columns = sql::sql_of(columns);
    std::vector<ResultColumn> results;
    if (!describe(connection, part.statement(""), "read " + part.label, named.path, results, &named)) return;
    const auto expressions = std::move(part.columns);
    part.columns.clear();
    std::vector<Field> fields;
    for (size_t i = 0; i < columns.entries.size(); ++i) {
      fields.push_back(sql::field_of(columns.entries[i], table->shape, columns.all));
      complete(columns.entries[i], *table, results[i]);
    }
    part.table = std::move(table);
    add(std::move(part), expressions, results, std::move(fields), named.path);
  }

  // What only the catalogue knows: the native type, and that a text is json.
  static void complete(const sql::ColumnEntry& entry, const TableInfo& table, ResultColumn& result) {
    if (entry.kind != sql::ColumnKind::name) return;
    const ServerType& type = table.types[*table.shape.find(entry.name)];
    result.native = type.native;
    if (type.name == "json" && result.special.empty()) result.special = "json";
  }

  // A table that the user may not even see is missing, too: the server says which of the two it is.
  sql::Problem missing(Connection& connection, const sql::NamedTable& named, const sql::TableName& name) {
    try {
      describe_query(connection, "SELECT 1 FROM " + name.quoted(dialect), "read " + named.table);
    } catch (const Error& e) {
      if (sql::must_stop(e)) throw;
      if (is_privilege(e)) return sql::unreadable_table(named, account(connection.settings()));
      if (e.vendor_code() != no_such_table_number) return {named.path, e.what(), ""};
    }
    return sql::no_such_table(named, connection.settings().place(), names_of_tables(connection));
  }

  bool describe(Connection& connection, const std::string& query, const std::string& doing, const std::string& path,
                std::vector<ResultColumn>& out, const sql::NamedTable* named = nullptr) {
    try {
      out = describe_query(connection, query, doing);
      return true;
    } catch (const Error& e) {
      if (sql::must_stop(e)) throw;
      if (named != nullptr && is_privilege(e))
        problems_.push_back(sql::unreadable_table(*named, account(connection.settings())));
      else
        problems_.push_back({path, e.what(), named == nullptr ? "" : "check column and where against the table"});
      return false;
    }
  }

  // `expressions` become the part's columns, in the form that the decoder understands.
  void add(Selected part, const std::vector<std::string>& expressions, const std::vector<ResultColumn>& results,
           std::vector<Field> fields, const std::string& path) {
    std::vector<ColumnCodec> codecs;
    for (size_t i = 0; i < results.size(); ++i) {
      const ColumnCodec& codec = codecs.emplace_back(codec_of(results[i]));
      part.columns.push_back(codec.select(expressions[i]));
      const std::string native = results[i].native.empty() ? native_name(results[i]) : results[i].native;
      sql::set_type(fields[i], codec.type, native, codec.meta, codec.length);
    }
    if (!part.query.empty()) wrap_query(part, codecs);
    if (selection_.parts.empty()) {
      selection_.codecs = std::move(codecs);
      selection_.schema = Schema(std::move(fields));
    } else if (!sql::has_same_shape(selection_.schema, wires_of(selection_.codecs), selection_.parts[0].label, fields,
                                    wires_of(codecs), part.label, path, problems_)) {
      return;
    }
    selection_.parts.push_back(std::move(part));
  }

  static std::vector<int> wires_of(const std::vector<ColumnCodec>& codecs) {
    std::vector<int> wires;
    for (const auto& codec : codecs) wires.push_back(codec.wire());
    return wires;
  }

  // A query is sent as it is, unless a column needs another form.
  static void wrap_query(Selected& part, const std::vector<ColumnCodec>& codecs) {
    bool is_plain = true;
    std::string names;
    for (size_t i = 0; i < codecs.size(); ++i) {
      is_plain &= codecs[i].is_selected_as_is();
      names += (i == 0 ? "c" : ", c") + std::to_string(i + 1);
    }
    if (is_plain) return;
    part.from = "sluice_query";
    part.query = "WITH sluice_query (" + names + ") AS " + sql::parenthesized(dialect, part.query) + " " +
                 part.sql::ReadPart::statement("");
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

}  // namespace sluice::mysql
