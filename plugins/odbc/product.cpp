// SPDX-License-Identifier: Apache-2.0
#include "odbc/product.hpp"

#include "sql/session_facts.hpp"
#include "sql/suggest.hpp"

namespace sluice::odbc {

namespace {

constexpr std::string_view strict_mysql =
    "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO')";

// Of one that a zone's clocks show once: the hours before and after it are other ones.
constexpr std::string_view mysql_instant =
    "DATE_FORMAT(FROM_UNIXTIME(UNIX_TIMESTAMP({}) - 3600), '%H') <> DATE_FORMAT({}, '%H')"
    " AND DATE_FORMAT(FROM_UNIXTIME(UNIX_TIMESTAMP({}) + 3600), '%H') <> DATE_FORMAT({}, '%H')";

// Texts in hexadecimal, whatever a session takes a backslash for.
constexpr KeyLiterals mysql_keys{.real = "CONCAT('(', {} * 1e0, ' + 0e0)')",
                                 .text = "CONCAT('_utf8mb4 x''', HEX(CONVERT({} USING utf8mb4)), '''')",
                                 .bytes = "CONCAT('x''', HEX({}), '''')",
                                 .moment = "QUOTE({})",
                                 .unsorted = "enum set bit"};

// One form for all that sorts.
constexpr KeyLiterals alike(std::string_view form) {
  return {.number = form, .real = form, .text = form, .bytes = form, .moment = form, .other = form};
}

constexpr std::string_view mysql_untransactional =
    "SELECT t.ENGINE FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE"
    " WHERE COALESCE(e.TRANSACTIONS, 'NO') <> 'YES' AND (t.TABLE_SCHEMA, t.TABLE_NAME) = ({})";

// In blocks, the driver leaves floats and long values out; it ends wide texts at a NUL.
constexpr Product mysql_like(std::string_view name, bool takes_arrays) {
  return {.name = name,
          .dialect = {.store = name,
                      .quote = '`',
                      .double_quoted_text = true,
                      .backslash_escapes = true,
                      .hash_comments = true,
                      .dashes_need_space = true},
          .setup = strict_mysql,
          .encryption = sql::mysql_encryption,
          .privileges = sql::mysql_privileges,
          .keys = mysql_keys,
          .one_instant = mysql_instant,
          .marks = &sql::mysql_marks,
          .primary_index = "PRIMARY",  // on MySQL, MariaDB's driver finds no primary keys
          .untransactional = mysql_untransactional,
          .reads_any_text = true,
          .qualifies_by_catalog = true,
          .texts_as_bytes = true,
          .fetches_blocks = false,
          .takes_arrays = takes_arrays,
          .lacks_reals = "neither NaN nor infinity",
          .microseconds = "(6)",
          .any_decimal = "DECIMAL(65,30)",
          .any_decimal_bounds = "up to 35 digits before the point and 30 behind it"};
}

constexpr Product products[] = {
    // The driver turns years BC into years AD, and infinity into the end of 9999.
    {.name = "PostgreSQL",
     .dialect = {.store = "PostgreSQL", .escape_texts = true, .dollar_quotes = true, .nested_comments = true},
     .begin = "SET CONSTRAINTS ALL IMMEDIATE",
     .encryption = sql::postgresql_encryption,
     .privileges = sql::postgresql_privileges,
     .exact_moment = "CAST({} AS text)",
     .keys = alike("quote_literal(CAST({} AS text))"),
     .marks = &sql::plain_marks,
     .takes_nul = false,
     .reads_any_text = true,
     .error_ends_transaction = true,
     .indexes_any_text = true,
     .any_decimal = "numeric",
     .release = "RELEASE SAVEPOINT sluice_piece"},
    mysql_like("MariaDB", true),
    // MySQL takes a record at a time, whatever the driver says; MariaDB's one then takes floats from wrong places.
    mysql_like("MySQL", false),
    // The driver has 15 digits of a real, ends texts at a NUL, and writes all bytes of an array as long as the first.
    {.name = "SQLite",
     .dialect = {.store = "SQLite", .also_quotes = "`["},
     .exact_real = "CASE typeof({}) WHEN 'real' THEN printf('%!.20g', {}) ELSE {} END",
     .exact_text = "CAST({} AS BLOB)",
     .keys = alike("quote({})"),
     .marks = &sql::plain_marks,
     .integers_as_text = true,
     .keeps_lengths = false,
     .takes_nul = false,
     .is_narrow = true,
     .reads_any_text = true,
     .takes_arrays = false,
     .indexes_any_text = true,
     .lacks_reals = "no NaN",
     .has_decimals = true,
     .exact_digits = 15,
     .release = "RELEASE SAVEPOINT sluice_piece"},
    {.name = "Microsoft SQL Server",
     .dialect = {.store = "SQL Server", .also_quotes = "[", .nested_comments = true},
     .savepoint = "SAVE TRANSACTION sluice_piece",
     .roll_back = "ROLLBACK TRANSACTION sluice_piece"},
};

constexpr Product unknown{.name = "", .dialect = {.store = "the database"}};

}  // namespace

const Product& product_named(std::string_view name) {
  for (const auto& product : products)
    if (sql::same_name(name.substr(0, product.name.size()), product.name)) return product;
  return unknown;
}

std::string with_column(std::string_view pattern, std::string_view column) {
  std::string out;
  for (size_t at; (at = pattern.find("{}")) != std::string_view::npos; pattern.remove_prefix(at + 2)) {
    out += pattern.substr(0, at);
    out += column;
  }
  return out.append(pattern);
}

}  // namespace sluice::odbc
