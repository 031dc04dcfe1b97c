// SPDX-License-Identifier: Apache-2.0
#include "sql/create_table.hpp"

#include <initializer_list>

#include "odbc/target.hpp"
#include "sql/suggest.hpp"
#include "sql/target_table.hpp"

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
                                                      short_bytes = {SQL_VARBINARY, SQL_LONGVARBINARY},
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
      return is_bounded ? short_bytes : bytes;
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

// Where nothing else is known of a text or of bytes.
constexpr int64_t longest_text = 4000, longest_binary = 8000;
// A length that databases take for a text of its own.
constexpr int64_t longest_bound = 9999;
constexpr int64_t usual_key = 255;

// What becomes of one column.
struct Choice {
  const Field& field;
  const Product& product;
  SQLSMALLINT sql = SQL_VARCHAR;
  Offer offer = {"varchar", "length"};

  bool is_varchar() const { return sql == SQL_VARCHAR || sql == SQL_WVARCHAR; }
  bool is_decimal() const { return field.type.id == TypeId::decimal128 || field.type.id == TypeId::decimal256; }
  bool is_moment() const { return sql == SQL_TYPE_TIME || sql == SQL_TYPE_TIMESTAMP; }
  bool is_short_key() const { return sql::is_key(field) && !product.indexes_any_text; }
};

// Texts and bytes that have, or need, a bound.
bool is_bounded(const Field& field, const Product& product) {
  const int64_t bound = sql::bound_of(field);
  return (bound > 0 && bound <= longest_bound) || (sql::is_key(field) && !product.indexes_any_text);
}

int64_t bound_for(const Choice& choice, int64_t otherwise) {
  const int64_t bound = sql::bound_of(choice.field);
  if (bound > 0 && bound <= longest_bound) return bound;
  return choice.is_short_key() ? usual_key : otherwise;
}

// "(10,2)" or "(255)" where the type takes them.
std::string parameters_of(const Choice& choice) {
  const Type& type = choice.field.type;
  if (choice.is_decimal()) {
    const bool fits = choice.sql == SQL_DECIMAL || choice.sql == SQL_NUMERIC;
    return fits ? "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")" : "(80)";
  }
  if (type.id == TypeId::uint64) return choice.is_varchar() ? "(20)" : "(20,0)";
  if (choice.is_moment()) return std::string(choice.product.microseconds);
  if (choice.offer.parameters.empty()) return "";
  if (choice.sql == SQL_VARBINARY) return "(" + std::to_string(bound_for(choice, longest_binary)) + ")";
  return choice.is_varchar() ? "(" + std::to_string(bound_for(choice, longest_text)) + ")" : "";
}

// PostgreSQL's driver offers timestamptz first; LONG VARCHAR is how MariaDB's one calls a MEDIUMTEXT.
std::string name_of(const Choice& choice) {
  const std::string& name = choice.offer.name;
  if (sql::same_name(name, "timestamptz") && !choice.field.type.utc) return "timestamp";
  if (sql::same_name(name, "LONG VARCHAR")) return "LONGTEXT";
  return sql::same_name(name, "LONG VARBINARY") ? "LONGBLOB" : name;
}

std::string up_to(int64_t most, const char* unit) {
  return "up to " + std::to_string(most) + " " + unit + ": longer ones are dirty records";
}

std::string remark_on_text(const Choice& choice) {
  const std::string meta = choice.field.meta(SLUICE_META_TYPE);
  const bool is_binary = choice.field.type.is_binary();
  const bool has_bound = sql::bound_of(choice.field) > 0;
  if (meta == "decimal") return "all digits, as text: it sorts and compares as text";
  if (!meta.empty()) return "as text, which is not checked to be a " + meta;
  if (!choice.product.keeps_lengths) return has_bound ? "the database bears no limit of length" : "";
  if (is_bounded(choice.field, choice.product))
    return has_bound ? "" : "in a key, so " + up_to(usual_key, is_binary ? "bytes" : "characters");
  if (choice.is_varchar()) return up_to(longest_text, "characters");
  return choice.sql == SQL_VARBINARY ? up_to(longest_binary, "bytes") : "";
}

// An instant that the database keeps as a wall-clock time.
bool loses_zone(const Choice& choice, const std::string& type) {
  const bool keeps_instants = is_instant({.sql = choice.sql, .name = type}) && !choice.product.exact_moment.empty();
  return choice.field.type.utc && !keeps_instants;
}

std::string remark_on_moment(const Choice& choice, const std::string& type) {
  const TypeId id = choice.field.type.id;
  if (id == TypeId::date32) return choice.sql == SQL_TYPE_DATE ? "" : "as a timestamp, at midnight";
  if (loses_zone(choice, type)) return "an instant, as the wall-clock time of setting.common.column.timeZone";
  const bool is_finer = id == TypeId::time64_ns || id == TypeId::timestamp_ns;
  return is_finer ? "to the microsecond: finer values are dirty records" : "";
}

// What of the source's type is not kept.
std::string remark_for(const Choice& choice, const std::string& type) {
  const Field& field = choice.field;
  const bool as_text = choice.is_varchar() && !field.type.is_text();
  if (field.meta(SLUICE_META_NATIVE) == type) return "";
  if (as_text) return field.type.id < TypeId::date32 ? "all digits, as text: it sorts and compares as text" : "as text";
  const bool is_real = field.type.id == TypeId::float32 || field.type.id == TypeId::float64;
  if (is_real && !choice.product.lacks_reals.empty())
    return std::string(choice.product.lacks_reals) + ": such values are dirty records";
  if (field.type.id == TypeId::boolean) return choice.sql == SQL_BIT ? "" : "as the numbers 0 and 1";
  if (field.type.is_text() || field.type.is_binary()) return remark_on_text(choice);
  if (field.type.id >= TypeId::date32) return remark_on_moment(choice, type);
  return "";
}

// Where we know of a type that the driver does not offer.
std::optional<sql::ColumnType> known_type(const Field& field, const Product& product) {
  const Type& type = field.type;
  const bool is_decimal = type.id == TypeId::decimal128 || type.id == TypeId::decimal256;
  if (is_decimal && product.has_decimals && type.precision <= product.exact_digits)
    return sql::ColumnType{"decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")"};
  if (product.any_decimal.empty() || field.meta(SLUICE_META_TYPE) != "decimal") return std::nullopt;
  const std::string bounds(product.any_decimal_bounds);
  return sql::ColumnType{std::string(product.any_decimal), bounds.empty() ? "" : bounds + ": others are dirty records"};
}

sql::ColumnType column_type_for(Connection& connection, const Field& field) {
  if (auto known = known_type(field, connection.product())) return *known;
  Choice choice{field, connection.product()};
  for (const SQLSMALLINT candidate : candidates(field.type, is_bounded(field, connection.product())))
    if (auto offer = offer_of(connection, candidate)) {
      choice.sql = candidate;
      choice.offer = std::move(*offer);
      break;
    }
  const std::string type = name_of(choice) + parameters_of(choice);
  sql::ColumnType column{type, remark_for(choice, type)};
  if (loses_zone(choice, type)) column.wanted = Type{field.type.id};
  return column;
}

}  // namespace

void create_table(Connection& connection, const Context& context, const Schema& input, const TextSink& sink) {
  sql::create_table(
      connection.dialect(), sql::target_name(context, connection.dialect()), context.strings("column"), input,
      [&](const Field& field) { return column_type_for(connection, field); }, sink);
}

}  // namespace sluice::odbc
