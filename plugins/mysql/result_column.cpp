// SPDX-License-Identifier: Apache-2.0
#include "mysql/result_column.hpp"

#include <algorithm>
#include <memory>

namespace sluice::mysql {

namespace {

struct Close {
  void operator()(MYSQL_STMT* raw) const { mysql_stmt_close(raw); }
};

std::string special_of(const MYSQL_FIELD& field) {
  if (field.type == MYSQL_TYPE_JSON) return "json";
  for (const auto attribute : {MARIADB_FIELD_ATTR_DATA_TYPE_NAME, MARIADB_FIELD_ATTR_FORMAT_NAME}) {
    MARIADB_CONST_STRING text{};
    if (mariadb_field_attr(&text, &field, attribute) == 0 && text.length != 0) return {text.str, text.length};
  }
  return "";
}

ResultColumn column_of(const MYSQL_FIELD& field) {
  ResultColumn column{.name = {field.name, field.name_length},
                      .type = field.type,
                      .flags = field.flags,
                      .length = field.length,
                      .decimals = field.decimals,
                      .collation = field.charsetnr,
                      .special = special_of(field)};
  if ((field.flags & ENUM_FLAG) != 0) column.type = MYSQL_TYPE_ENUM;
  if ((field.flags & SET_FLAG) != 0) column.type = MYSQL_TYPE_SET;
  return column;
}

std::string with_sign(std::string name, const ResultColumn& column) {
  return column.is_unsigned() ? name + " unsigned" : name;
}

std::string with_digits(std::string name, const ResultColumn& column) {
  return column.decimals == 0 || column.decimals > 6 ? name : name + "(" + std::to_string(column.decimals) + ")";
}

std::string text_name(const ResultColumn& column) {
  if (!column.special.empty()) return column.special;
  const int64_t length = length_of(column);
  if (length < 0) return column.is_binary() ? "longblob" : "longtext";
  const bool is_fixed = column.type == MYSQL_TYPE_STRING;
  const std::string name = column.is_binary() ? (is_fixed ? "binary" : "varbinary") : (is_fixed ? "char" : "varchar");
  return name + "(" + std::to_string(length) + ")";
}

}  // namespace

std::vector<ResultColumn> describe_query(Connection& connection, const std::string& query, std::string_view doing) {
  const std::unique_ptr<MYSQL_STMT, Close> statement(mysql_stmt_init(connection.native()));
  if (!statement) throw Error(SLUICE_NO_MEMORY, "out of memory");
  if (mysql_stmt_prepare(statement.get(), query.data(), query.size()) != 0) throw connection.failure(doing);
  const StoredResult result(mysql_stmt_result_metadata(statement.get()));
  std::vector<ResultColumn> columns;
  if (!result) return columns;
  const MYSQL_FIELD* const fields = mysql_fetch_fields(result.get());
  for (unsigned i = 0; i < mysql_num_fields(result.get()); ++i) columns.push_back(column_of(fields[i]));
  return columns;
}

std::string native_name(const ResultColumn& column) {
  switch (column.type) {
    case MYSQL_TYPE_TINY:
      return with_sign("tinyint", column);
    case MYSQL_TYPE_SHORT:
      return with_sign("smallint", column);
    case MYSQL_TYPE_INT24:
      return with_sign("mediumint", column);
    case MYSQL_TYPE_LONG:
      return with_sign("int", column);
    case MYSQL_TYPE_LONGLONG:
      return with_sign("bigint", column);
    case MYSQL_TYPE_FLOAT:
      return "float";
    case MYSQL_TYPE_DOUBLE:
      return "double";
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
      return with_sign("decimal(" + std::to_string(precision_of(column)) + "," + std::to_string(column.decimals) + ")",
                       column);
    case MYSQL_TYPE_BIT:
      return "bit(" + std::to_string(column.length) + ")";
    case MYSQL_TYPE_YEAR:
      return "year";
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return "date";
    case MYSQL_TYPE_TIME:
      return with_digits("time", column);
    case MYSQL_TYPE_DATETIME:
      return with_digits("datetime", column);
    case MYSQL_TYPE_TIMESTAMP:
      return with_digits("timestamp", column);
    case MYSQL_TYPE_NULL:
      return "null";
    case MYSQL_TYPE_ENUM:
      return "enum";
    case MYSQL_TYPE_SET:
      return "set";
    case MYSQL_TYPE_GEOMETRY:
      return column.special.empty() ? "geometry" : column.special;
    default:
      return text_name(column);
  }
}

int64_t length_of(const ResultColumn& column) {
  if (column.type != MYSQL_TYPE_STRING && column.type != MYSQL_TYPE_VAR_STRING && column.type != MYSQL_TYPE_VARCHAR)
    return -1;
  const auto bytes = static_cast<int64_t>(column.length);
  if (column.is_binary()) return bytes;
  const auto* const encoding = mariadb_get_charset_by_nr(column.collation);
  return bytes / std::max<int64_t>(1, encoding == nullptr ? 4 : encoding->char_maxlen);
}

int precision_of(const ResultColumn& column) {
  const int signs = (column.decimals > 0 ? 1 : 0) + (column.is_unsigned() ? 0 : 1);
  return std::max({static_cast<int>(column.length) - signs, static_cast<int>(column.decimals), 1});
}

}  // namespace sluice::mysql
