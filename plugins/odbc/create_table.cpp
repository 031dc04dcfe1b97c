// SPDX-License-Identifier: Apache-2.0
#include <initializer_list>
#include <utility>
#include <vector>

#include "odbc/target.hpp"
#include "sql/column_list.hpp"
#include "sql/suggest.hpp"

namespace sluice::odbc {

namespace {

// SQL types that would do, the best one first.
std::initializer_list<SQLSMALLINT> candidates(const Type& type, bool is_bounded) {
  static constexpr std::initializer_list<SQLSMALLINT> bit = {SQL_BIT, SQL_SMALLINT, SQL_INTEGER},
                                                      small = {SQL_SMALLINT, SQL_INTEGER, SQL_BIGINT},
                                                      normal = {SQL_INTEGER, SQL_BIGINT},
                                                      big = {SQL_BIGINT, SQL_DECIMAL, SQL_NUMERIC},
                                                      number = {SQL_DECIMAL, SQL_NUMERIC, SQL_VARCHAR},
                                                      real = {SQL_REAL, SQL_FLOAT, SQL_DOUBLE},
                                                      wide_real = {SQL_DOUBLE, SQL_FLOAT},
                                                      date = {SQL_TYPE_DATE, SQL_TYPE_TIMESTAMP},
                                                      time = {SQL_TYPE_TIME, SQL_TYPE_TIMESTAMP},
                                                      timestamp = {SQL_TYPE_TIMESTAMP},
                                                      bytes = {SQL_LONGVARBINARY, SQL_VARBINARY},
                                                      short_text = {SQL_WVARCHAR, SQL_VARCHAR, SQL_WLONGVARCHAR},
                                                      text = {SQL_WLONGVARCHAR, SQL_LONGVARCHAR, SQL_WVARCHAR};
  switch (type.id) {
    case TypeId::boolean:
      return bit;
    case TypeId::int8:
    case TypeId::uint8:
    case TypeId::int16:
      return small;
    case TypeId::uint16:
    case TypeId::int32:
      return normal;
    case TypeId::uint32:
    case TypeId::int64:
      return big;
    case TypeId::uint64:
    case TypeId::decimal128:
    case TypeId::decimal256:
      return number;
    case TypeId::float32:
      return real;
    case TypeId::float64:
      return wide_real;
    case TypeId::date32:
      return date;
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return time;
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return timestamp;
    case TypeId::binary:
    case TypeId::large_binary:
      return bytes;
    default:
      return is_bounded ? short_text : text;
  }
}

struct Offer {
  std::string name, parameters;
};

// The driver's first type of that kind, with what its parentheses want.
std::optional<Offer> offer_of(Connection& connection, SQLSMALLINT type) {
  Statement statement(connection, "look for types");
  if (!SQL_SUCCEEDED(SQLGetTypeInfoW(statement.raw(), type))) return std::nullopt;
  const Rows rows = statement.rows();
  if (rows.empty() || rows[0].size() < 6 || !rows[0][0]) return std::nullopt;
  return Offer{*rows[0][0], rows[0][5].value_or("")};
}

// "(10,2)" or "(255)" where the type takes them. Seconds keep six digits where the type says how many.
std::string parameters_of(const Field& field, SQLSMALLINT sql_type, const Offer& offer, const Product& product) {
  const Type& type = field.type;
  if (type.id == TypeId::decimal128 || type.id == TypeId::decimal256) {
    const bool fits = sql_type == SQL_DECIMAL || sql_type == SQL_NUMERIC;
    return fits ? "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")" : "(80)";
  }
  if (type.id == TypeId::uint64) return sql_type == SQL_VARCHAR ? "(20)" : "(20,0)";
  if (sql_type == SQL_TYPE_TIME || sql_type == SQL_TYPE_TIMESTAMP) return product.name == "MariaDB" ? "(6)" : "";
  if (offer.parameters.empty()) return "";
  if (sql_type == SQL_VARBINARY) return "(8000)";
  if (sql_type != SQL_VARCHAR && sql_type != SQL_WVARCHAR) return "";
  const std::string length = field.meta(SLUICE_META_LENGTH);
  return "(" + (length.empty() ? std::string("4000") : length) + ")";
}

// PostgreSQL's driver offers timestamptz first; LONG VARCHAR is how MariaDB's one calls a MEDIUMTEXT.
std::string name_of(const Field& field, const Offer& offer) {
  if (sql::same_name(offer.name, "timestamptz") && !field.type.utc) return "timestamp";
  if (sql::same_name(offer.name, "LONG VARCHAR")) return "LONGTEXT";
  return sql::same_name(offer.name, "LONG VARBINARY") ? "LONGBLOB" : offer.name;
}

std::string type_for(Connection& connection, const Field& field) {
  const std::string length = field.meta(SLUICE_META_LENGTH);
  const bool is_bounded = !length.empty() && length.size() < 5 && length != "0";
  for (const SQLSMALLINT candidate : candidates(field.type, is_bounded))
    if (const auto offer = offer_of(connection, candidate))
      return name_of(field, *offer) + parameters_of(field, candidate, *offer, connection.product());
  return "varchar(4000)";
}

}  // namespace

void create_table(Connection& connection, const Context& context, const Schema& input, const TextSink& sink) {
  sql::Problems ignored;
  const auto columns = sql::parse_target_columns(connection.dialect(), context.strings("column"), ignored);
  const sql::TableName table = target_name(context, connection.dialect());
  std::string sql = "CREATE TABLE " + table.quoted(connection.dialect()) + " (";
  std::vector<std::pair<std::string, std::string>> types;  // name, type
  for (size_t i = 0; i < input.size(); ++i) {
    const std::string& name = i < columns.entries.size() ? columns.entries[i].name : input[i].name;
    types.emplace_back(name, type_for(connection, input[i]));
    sql += (i == 0 ? "" : ", ") + sql::quote_name(connection.dialect(), name) + " " + types.back().second;
    if (!input[i].nullable) sql += " NOT NULL";
  }
  sink.emit("create table", table.text(), sql + ")");
  for (const auto& [name, type] : types) sink.emit("type", name, type);
}

}  // namespace sluice::odbc
