// SPDX-License-Identifier: Apache-2.0
#include "postgresql/selection.hpp"

#include <algorithm>

#include "postgresql/dialect.hpp"
#include "sql/check.hpp"
#include "sql/column_list.hpp"
#include "sql/match_columns.hpp"
#include "sql/select.hpp"
#include "sql/sql_text.hpp"
#include "sql/suggest.hpp"
#include "sql/table_range.hpp"

namespace sluice::postgresql {

namespace {

struct Named {
  size_t source;
  std::string table, path;
};

bool is_query(const Context& context) { return context.size("querySql") != 0; }

// Every table with its source. `table` at the top belongs to the first one.
std::vector<Named> named_tables(const Context& context, sql::Problems& problems) {
  std::vector<Named> all;
  for (auto& table : sql::expand_tables(dialect, context.strings("table"), "table", problems))
    all.push_back({0, std::move(table), "table"});
  for (size_t i = 0; i < context.size("connection"); ++i) {
    const std::string path = Context::element("connection", i) + ".table";
    for (auto& table : sql::expand_tables(dialect, context.strings(path), path, problems))
      all.push_back({i, std::move(table), path});
  }
  return all;
}

sql::Problem no_such_table(Connection& connection, const Named& named) {
  const auto names = names_of_tables(connection);
  return {
      named.path,
      "no such table in " + connection.settings().place() + ": " + named.table + sql::did_you_mean(named.table, names),
      "its tables: " + sql::list_of(names)};
}

sql::Problem unreadable(Connection& connection, const Named& named) {
  return {named.path, "the user may not read this table: " + named.table,
          "GRANT SELECT ON " + named.table + " TO " + quote_name(connection.settings().user)};
}

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
    if (is_query(context_)) {
      const auto queries = context_.strings("querySql");
      for (size_t i = 0; i < queries.size(); ++i) add_query(i, queries.size(), queries[i]);
    } else {
      for (const auto& named : named_tables(context_, problems_)) add_table(named);
    }
    return std::move(selection_);
  }

 private:
  void add_query(size_t index, size_t count, std::string_view query) {
    const std::string path = count == 1 ? "querySql" : Context::element("querySql", index);
    std::string text(sql::trimmed(query));
    while (!text.empty() && text.back() == ';') text = sql::trimmed(std::string_view(text).substr(0, text.size() - 1));
    Connection& connection = *connections_[0];
    std::vector<ResultColumn> columns;
    try {
      columns = describe_query(connection, text, "query");
    } catch (const Error& e) {
      if ((e.flags() & SLUICE_RETRYABLE) != 0 || e.code() == SLUICE_CANCELLED) throw;
      problems_.push_back({path, e.what(), ""});
      return;
    }
    if (columns.empty()) {
      problems_.push_back({path, "the query answers no columns", "write a SELECT"});
      return;
    }
    Selected part{.source = 0, .label = count == 1 ? "query" : "query " + std::to_string(index + 1)};
    std::vector<std::string> names;
    for (size_t i = 0; i < columns.size(); ++i) names.push_back("c" + std::to_string(i + 1));
    part.from = sql::parenthesized(dialect, text) + " AS sluice_query (" + joined(names) + ")";
    std::vector<Field> fields(columns.size());
    for (size_t i = 0; i < columns.size(); ++i) fields[i].name = columns[i].name;
    add(std::move(part), names, columns, std::move(fields), path);
  }

  void add_table(const Named& named) {
    Connection& connection = *connections_[named.source];
    const auto name = sql::TableName::parse(dialect, named.table);
    if (!name) return;  // reported by the parser of ranges
    auto table = find_table(connection, *name);
    if (!table) return problems_.push_back(no_such_table(connection, named));
    if (!may_read(connection, *table)) return problems_.push_back(unreadable(connection, named));
    const size_t before = problems_.size();
    auto columns = sql::parse_columns(dialect, context_.strings("column"), problems_);
    sql::match_reader_columns(dialect, table->shape, columns, problems_);
    if (problems_.size() != before) return;

    Selected part{.source = named.source, .label = table->name.text()};
    part.from = table->quoted;
    part.where = sql::user_condition(dialect, context_.string("where", ""));
    const auto expressions = sql::sql_of(columns);
    std::vector<ResultColumn> results;
    if (!describe_table(connection, part, expressions, named.path, results)) return;
    std::vector<Field> fields;
    for (const auto& entry : columns.entries) fields.push_back(field_of(entry, *table, columns.all));
    part.key = split_key(*table, named);
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
      if ((e.flags() & SLUICE_RETRYABLE) != 0 || e.code() == SLUICE_CANCELLED) throw;
      problems_.push_back({path, e.what(), "check column and where against the table"});
      return false;
    }
  }

  // splitPk when it leads an index, else what the primary key starts with.
  std::string split_key(const TableInfo& table, const Named& named) {
    const auto key = table.shape.primary_key();
    const std::string otherwise = key.empty() ? "" : key[0];
    const std::string wish = context_.string("splitPk", "");
    if (wish.empty()) return otherwise;
    const auto found = table.shape.find(sql::unquote_name(dialect, wish).value_or(wish));
    if (!found) {
      problems_.push_back(sql::no_such_column("splitPk", table.shape, wish));
      return "";
    }
    const std::string& name = table.shape.columns[*found].name;
    const auto& leading = table.leading_columns;
    if (std::find(leading.begin(), leading.end(), name) != leading.end()) return name;
    if (!table.is_view())
      problems_.push_back({"splitPk", "not used for ranges, it leads no index of " + named.table + ": " + name,
                           leading.empty() ? "create an index on it" : "columns that do: " + sql::list_of(leading),
                           true});
    return otherwise;
  }

  static Field field_of(const sql::ColumnEntry& entry, const TableInfo& table, bool is_all) {
    Field field{.name = entry.kind == sql::ColumnKind::name ? entry.name : entry.text, .type = {}};
    if (entry.kind != sql::ColumnKind::name) return field;
    const auto& column = table.shape.columns[*table.shape.find(entry.name)];
    field.nullable = column.nullable;
    if (column.key != 0) field.metadata[SLUICE_META_KEY] = std::to_string(column.key);
    if (is_all) field.metadata[SLUICE_META_ALL] = "1";
    return field;
  }

  // `expressions` become the part's columns, cast to what the decoder understands.
  void add(Selected part, const std::vector<std::string>& expressions, const std::vector<ResultColumn>& results,
           std::vector<Field> fields, const std::string& path) {
    std::vector<ColumnCodec> codecs;
    for (size_t i = 0; i < results.size(); ++i) {
      const ColumnCodec codec = codec_to_read(results[i].type);
      part.columns.push_back(codec.cast.empty() ? expressions[i] : "(" + expressions[i] + ")" + codec.cast);
      fields[i].type = codec.type;
      fields[i].metadata[SLUICE_META_NATIVE] = results[i].type.native;
      if (!codec.meta.empty()) fields[i].metadata[SLUICE_META_TYPE] = codec.meta;
      if (codec.length >= 0) fields[i].metadata[SLUICE_META_LENGTH] = std::to_string(codec.length);
      codecs.push_back(codec);
    }
    if (selection_.parts.empty()) {
      selection_.codecs = std::move(codecs);
      selection_.schema = Schema(std::move(fields));
    } else if (!same_shape(codecs, fields, part, path)) {
      return;
    }
    selection_.parts.push_back(std::move(part));
  }

  bool same_shape(const std::vector<ColumnCodec>& codecs, const std::vector<Field>& fields, const Selected& part,
                  const std::string& path) {
    const std::string& first = selection_.parts[0].label;
    const std::string advice = "all tables of one job have the same columns; run one job for each shape";
    if (codecs.size() != selection_.codecs.size()) {
      problems_.push_back({path,
                           "different numbers of columns: " + first + " has " +
                               std::to_string(selection_.codecs.size()) + ", " + part.label + " has " +
                               std::to_string(codecs.size()),
                           advice});
      return false;
    }
    std::vector<Field> widened = selection_.schema.fields();
    bool same = true;
    for (size_t i = 0; i < codecs.size(); ++i) {
      widened[i].nullable |= fields[i].nullable;
      if (codecs[i].type == selection_.codecs[i].type && codecs[i].codec == selection_.codecs[i].codec) continue;
      problems_.push_back({path,
                           "different types of column " + fields[i].name + ": " + widened[i].meta(SLUICE_META_NATIVE) +
                               " in " + first + ", " + fields[i].meta(SLUICE_META_NATIVE) + " in " + part.label,
                           advice});
      same = false;
    }
    selection_.schema = Schema(std::move(widened));
    return same;
  }

  const Context& context_;
  const Connections& connections_;
  sql::Problems& problems_;
  Selection selection_;
};

}  // namespace

std::string Selected::statement(const std::string& condition) const {
  return sql::build_select({.columns = columns, .from = from, .where = {where, condition}});
}

std::vector<Settings> read_sources(const Context& context) {
  std::vector<Settings> sources;
  for (const auto& prefix : sql::server_prefixes(context)) sources.push_back(Settings::read(context, prefix));
  return sources;
}

Selection select(const Context& context, const Connections& connections, sql::Problems& problems) {
  return Gathering(context, connections, problems).run();
}

}  // namespace sluice::postgresql
