// SPDX-License-Identifier: Apache-2.0
#include "mysql/target.hpp"

#include <algorithm>
#include <map>

#include "mysql/array_bind.hpp"
#include "mysql/dialect.hpp"
#include "mysql/insert_sql.hpp"
#include "mysql/text_rows.hpp"
#include "sql/match_columns.hpp"
#include "sql/target_table.hpp"

namespace sluice::mysql {

namespace {

constexpr unsigned denied_numbers[] = {1044, 1142, 1143, 1227, 1370};

Field wanted_field(sql::TableColumn column, const WriteColumn& written) {
  column.nullable |= written.skips_null && column.has_default;
  return sql::wanted_field(column, written.type, written.meta, written.length);
}

// Indexes of the written columns that the parameter names.
std::vector<size_t> named(const Context& context, const char* parameter, const Target& target,
                          sql::Problems& problems) {
  std::vector<size_t> indexes;
  const auto wishes = context.strings(parameter);
  for (size_t i = 0; i < wishes.size(); ++i) {
    const std::string wish = sql::unquote_name(dialect, wishes[i]).value_or(wishes[i]);
    const auto found = target.table.shape.find(wish);
    const auto at = std::find(target.written.begin(), target.written.end(), found.value_or(SIZE_MAX));
    if (!found)
      problems.push_back(sql::no_such_column(Context::element(parameter, i), target.table.shape, wish));
    else if (at == target.written.end())
      problems.push_back({Context::element(parameter, i), "the column is not written: " + wish,
                          "add it to column on both sides, or take it out here"});
    else
      indexes.push_back(static_cast<size_t>(at - target.written.begin()));
  }
  return indexes;
}

// Only MariaDB shows defaults as SQL.
std::string default_of(Connection& connection, const TableInfo& table, const std::string& column) {
  if (!connection.is_mariadb()) return "DEFAULT(" + quote_name(column) + ")";
  return connection
      .value(
          "SELECT CAST(COLUMN_DEFAULT AS CHAR) FROM information_schema.COLUMNS"
          " WHERE TABLE_SCHEMA = :p1 AND TABLE_NAME = :p2 AND COLUMN_NAME = :p3",
          {table.schema, table.relation, column})
      .value_or("NULL");
}

void choose_skipped_nulls(Connection& connection, const Context& context, Target& target, sql::Problems& problems) {
  const bool skips = context.string("nullMode", "writeNull") == "skipNull";
  const auto indexes = named(context, "skipNullColumn", target, problems);
  if (skips && indexes.empty() && context.size("skipNullColumn") == 0)
    problems.push_back({"skipNullColumn", "nullMode skipNull names no column",
                        "name the columns in which NULL gives way to the default"});
  if (!skips && !indexes.empty())
    problems.push_back({"skipNullColumn", "means nothing without nullMode skipNull", "set nullMode to skipNull", true});
  for (const size_t i : skips ? indexes : std::vector<size_t>()) {
    target.columns[i].skips_null = true;
    target.columns[i].default_value = default_of(connection, target.table, target.columns[i].name);
  }
}

void choose_columns(Connection& connection, const Context& context, Target& target, const Schema& input,
                    sql::Problems& problems) {
  for (size_t i = 0; i < target.written.size(); ++i) {
    const auto& column = target.table.shape.columns[target.written[i]];
    WriteColumn written = column_to_write(target.table.types[target.written[i]], input[i]);
    written.name = column.name;
    written.counts_up = column.name == target.table.auto_increment;
    if (!written.refusal.empty())
      problems.push_back({Context::element("column", i),
                          "a column of type " + column.native_type + " cannot be written exactly, " + written.refusal +
                              ": " + column.name,
                          "leave it out, or change its type"});
    target.columns.push_back(std::move(written));
  }
  choose_skipped_nulls(connection, context, target, problems);
  for (size_t i = 0; i < target.written.size(); ++i)
    target.wanted.add(wanted_field(target.table.shape.columns[target.written[i]], target.columns[i]));
}

void choose_mode(const Context& context, Target& target, sql::Problems& problems) {
  const std::string mode = context.string("writeMode", "insert");
  target.mode = mode == "replace"         ? WriteMode::replace
                : mode == "update"        ? WriteMode::update
                : mode == "insert ignore" ? WriteMode::ignore
                                          : WriteMode::insert;
  target.adds_on_rerun = !target.table.shape.has_key_in(target.written);
  if (target.mode != WriteMode::insert && target.adds_on_rerun)
    problems.push_back({"writeMode", mode + " finds no record again: no unique key is written as a whole",
                        "write all columns of a primary or unique key, or every record is added", true});
  if (target.mode != WriteMode::update) return;
  target.updated = named(context, "updateColumn", target, problems);
  if (context.size("updateColumn") == 0)
    for (size_t i = 0; i < target.written.size(); ++i)
      if (target.table.shape.columns[target.written[i]].key == 0) target.updated.push_back(i);
  // A record that is all key replaces itself.
  if (target.updated.empty()) target.updated.push_back(0);
}

void choose_bulk(Target& target) {
  const Abilities& able = target.abilities;
  const bool skips_in_update = target.mode == WriteMode::update && target.skips_nulls();
  if (skips_in_update || !target.table.is_transactional())
    target.bulk = able.runs_blocks ? Bulk::stage : Bulk::each;
  else if (able.loads_local_data && target.mode != WriteMode::update)
    target.bulk = Bulk::load;
  else
    target.bulk = able.binds_arrays ? Bulk::array : Bulk::rows;
}

// The server says at once what may not be done, or what is not there: nothing is executed.
void check_rights(Connection& connection, const Target& target, sql::Problems& problems) {
  const auto check = [&](const char* privilege, const std::string& sql) {
    const Complaint complaint = try_prepare(connection, sql, "check the rights");
    if (complaint.number == 0) return;
    const bool denied =
        std::find(std::begin(denied_numbers), std::end(denied_numbers), complaint.number) != std::end(denied_numbers);
    if (denied)
      problems.push_back({"table",
                          std::string("the user may not ") + privilege + ": " + target.table.shape.table + " (" +
                              complaint.message + ")",
                          std::string("GRANT ") + privilege + " ON " + target.table.quoted + " TO " +
                              quote_name(connection.settings().user)});
    else
      problems.push_back({"table", "the table cannot be written: " + complaint.message, "see the server's message"});
  };
  const std::string table = target.table.quoted;
  Target plain = target;
  plain.mode = WriteMode::insert;
  check("INSERT", array_sql(plain));
  if (target.mode == WriteMode::replace) check("DELETE", "DELETE FROM " + table);
  if (target.mode == WriteMode::update) check("UPDATE", array_sql(target));
}

void check_kind(Connection& connection, const Target& target, sql::Problems& problems) {
  if (target.table.is_view)
    problems.push_back({"table", "a view cannot be written: " + target.table.shape.table, "name a table"});
  else if (!target.table.is_transactional())
    problems.push_back({"table",
                        "the table's engine knows no transactions: " + target.table.engine +
                            "; what a failed job has written stays, and records are written one by one",
                        "ALTER TABLE " + target.table.quoted + " ENGINE=InnoDB", true});
  if (target.abilities.is_read_only)
    problems.push_back({"", "the server is read-only: " + connection.settings().place(),
                        "write to the primary, or have read_only turned off"});
}

bool is_on(const std::map<std::string, std::string>& values, const char* name) {
  const auto found = values.find(name);
  return found != values.end() && found->second != "OFF" && found->second != "0" && found->second != "NO_LOCK";
}

// Who may write although the server is read-only.
bool may_write_anyway(Connection& connection) {
  return connection.value(
             "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE IN"
             " ('READ ONLY ADMIN', 'READ_ONLY ADMIN', 'CONNECTION_ADMIN'" +
             std::string(connection.is_mariadb() && connection.version() >= 101100 ? "" : ", 'SUPER'") +
             ") AND GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')") != "0";
}

}  // namespace

bool Target::skips_nulls() const {
  return std::any_of(columns.begin(), columns.end(), [](const WriteColumn& column) { return column.skips_null; });
}

bool Target::writes_instants() const {
  return std::any_of(columns.begin(), columns.end(), [](const WriteColumn& column) { return column.type.utc; });
}

Abilities abilities_of(Connection& connection) {
  std::map<std::string, std::string> values;
  for (const Row& row : select_rows(connection,
                                    "SHOW VARIABLES WHERE Variable_name IN ('local_infile', 'max_allowed_packet', "
                                    "'read_only', 'super_read_only', 'innodb_read_only', 'tx_read_only', "
                                    "'transaction_read_only')",
                                    "ask about the server"))
    values[row[0].value_or("")] = row[1].value_or("");
  Abilities able;
  able.loads_local_data = is_on(values, "local_infile");
  able.binds_arrays = connection.is_mariadb() && connection.version() >= 100200;
  able.runs_blocks = connection.is_mariadb() && connection.version() >= 100101;
  able.names_new_records = !connection.is_mariadb() && connection.version() >= 80019;
  able.most_packet_bytes = values.contains("max_allowed_packet") ? std::stoull(values["max_allowed_packet"]) : 1 << 20;
  const bool is_closed = is_on(values, "innodb_read_only") || is_on(values, "tx_read_only") ||
                         is_on(values, "transaction_read_only") || is_on(values, "super_read_only");
  able.is_read_only = is_closed || (is_on(values, "read_only") && !may_write_anyway(connection));
  return able;
}

std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems) {
  auto table = find_table(connection, sql::target_name(context, dialect));
  if (!table) return std::nullopt;
  Target target{.table = std::move(*table)};
  target.abilities = abilities_of(connection);
  check_kind(connection, target, problems);
  const auto columns = sql::parse_target_columns(dialect, context.strings("column"), problems);
  target.written = sql::match_writer_columns(target.table.shape, columns, input, problems);
  if (sql::has_errors(problems)) return target;
  choose_columns(connection, context, target, input, problems);
  choose_mode(context, target, problems);
  choose_bulk(target);
  check_rights(connection, target, problems);
  return target;
}

}  // namespace sluice::mysql
