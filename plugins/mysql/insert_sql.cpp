// SPDX-License-Identifier: Apache-2.0
#include "mysql/insert_sql.hpp"

#include "mysql/dialect.hpp"

namespace sluice::mysql {

namespace {

constexpr const char* file_format =
    " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
    " LINES TERMINATED BY '\\n'";

std::string names(const Target& target) {
  std::string list;
  for (const auto& column : target.columns) list += (list.empty() ? "" : ", ") + quote_name(column.name);
  return list;
}

std::string replaced(const std::string& expression, const std::string& value) {
  const size_t at = expression.find('%');
  return expression.substr(0, at) + value + expression.substr(at + 1);
}

// "" where the field goes into the column as it is.
std::string loaded_value(const WriteColumn& column, const std::string& variable) {
  std::string value = column.load.empty() ? variable : replaced(column.load, variable);
  if (column.skips_null && !column.counts_up) return "IFNULL(" + value + ", " + column.default_value + ")";
  return column.load.empty() && !column.skips_null ? "" : value;
}

// A server that sets some columns by expressions forgets NO_AUTO_VALUE_ON_ZERO for the others: the counting one is
// then set by one, too.
std::string loaded_columns(const Target& target) {
  std::string fields, sets;
  bool has_sets = false;
  for (const auto& column : target.columns) has_sets |= !loaded_value(column, "@").empty();
  for (size_t i = 0; i < target.columns.size(); ++i) {
    const WriteColumn& column = target.columns[i];
    const std::string variable = "@sluice_" + std::to_string(i + 1);
    std::string value = loaded_value(column, variable);
    if (value.empty() && has_sets && column.counts_up) value = variable;
    fields += (i == 0 ? "" : ", ") + (value.empty() ? quote_name(column.name) : variable);
    if (!value.empty()) sets += (sets.empty() ? " SET " : ", ") + quote_name(column.name) + " = " + value;
  }
  return " (" + fields + ")" + sets;
}

std::string on_staged_duplicate(const Target& target) {
  if (target.mode != WriteMode::update) return "";
  std::string sets;
  for (const size_t i : target.updated) {
    const std::string name = quote_name(target.columns[i].name);
    const std::string value = "VALUES(" + name + ")";
    sets += (sets.empty() ? "" : ", ") + name + " = ";
    sets += target.columns[i].skips_null ? "IF(s.c" + std::to_string(i + 1) + " IS NULL, " + target.table.quoted + "." +
                                               name + ", " + value + ")"
                                         : value;
  }
  return " ON DUPLICATE KEY UPDATE " + sets;
}

}  // namespace

std::string insert_head(const Target& target, bool ignores) {
  const char* verb = target.mode == WriteMode::replace ? "REPLACE INTO "
                     : ignores                         ? "INSERT IGNORE INTO "
                                                       : "INSERT INTO ";
  return verb + target.table.quoted + " (" + names(target) + ") ";
}

std::string on_duplicate(const Target& target) {
  return on_duplicate(target, [](size_t) { return false; });
}

std::string on_duplicate(const Target& target, const std::function<bool(size_t)>& is_null) {
  if (target.mode != WriteMode::update) return "";
  const bool is_named = target.abilities.names_new_records;
  std::string sets;
  for (const size_t i : target.updated) {
    const std::string name = quote_name(target.columns[i].name);
    sets += sets.empty() ? name + " = " : ", " + name + " = ";
    if (target.columns[i].skips_null && is_null(i))
      sets += target.table.quoted + "." + name;
    else
      sets += is_named ? "sluice_new." + name : "VALUES(" + name + ")";
  }
  return std::string(is_named ? " AS sluice_new" : "") + " ON DUPLICATE KEY UPDATE " + sets;
}

std::string load_sql(const Target& target) {
  const char* conflicts = target.mode == WriteMode::replace  ? "REPLACE "
                          : target.mode == WriteMode::ignore ? "IGNORE "
                                                             : "";
  return std::string("LOAD DATA LOCAL INFILE 'sluice' ") + conflicts + "INTO TABLE " + target.table.quoted +
         file_format + loaded_columns(target);
}

std::string array_sql(const Target& target) {
  std::string marks;
  for (size_t i = 0; i < target.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  return insert_head(target, target.mode == WriteMode::ignore) + "VALUES (" + marks + ")" + on_duplicate(target);
}

std::string create_stage(const Target& target) {
  std::string columns;
  for (size_t i = 0; i < target.columns.size(); ++i)
    columns += ", c" + std::to_string(i + 1) + " " + target.columns[i].stage_type();
  return std::string("DROP TEMPORARY TABLE IF EXISTS ") + stage_records + ", sluice_bad; CREATE TEMPORARY TABLE " +
         stage_records + " (n BIGINT PRIMARY KEY" + columns +
         ") ENGINE=Aria; CREATE TEMPORARY TABLE sluice_bad (n BIGINT PRIMARY KEY, number INT, state CHAR(5),"
         " message TEXT CHARACTER SET utf8mb4) ENGINE=Aria; ";
}

std::string load_stage_sql() {
  return std::string("LOAD DATA LOCAL INFILE 'sluice' INTO TABLE ") + stage_records + file_format;
}

std::string insert_from_stage(const Target& target, const std::string& condition) {
  std::string values;
  for (size_t i = 0; i < target.columns.size(); ++i) {
    const WriteColumn& column = target.columns[i];
    const std::string value = "s.c" + std::to_string(i + 1);
    values += i == 0 ? "" : ", ";
    values += column.skips_null && !column.counts_up ? "IFNULL(" + value + ", " + column.default_value + ")" : value;
  }
  return insert_head(target, false) + "SELECT " + values + " FROM " + stage_records + " s WHERE " + condition +
         " ORDER BY s.n" + on_staged_duplicate(target);
}

}  // namespace sluice::mysql
