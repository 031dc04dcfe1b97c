// SPDX-License-Identifier: Apache-2.0
// How a store writes names and literals. Every name that reaches a statement goes through here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::sql {

// Facts of a store's SQL. Each connector has one constant of it.
struct Dialect {
  std::string_view store;             // for messages: "SQLite"
  char quote = '"';                   // around names, doubled inside
  std::string_view also_quotes = {};  // what else opens a quoted name there: "`[" ([ is closed by ])
  bool double_quoted_text = false;    // "abc" is a text, not a name (MySQL)
  bool backslash_escapes = false;     // in texts (MySQL)
  bool escape_texts = false;          // in texts that E opens: E'it\'s' (PostgreSQL)
  bool dollar_quotes = false;         // $tag$ ... $tag$ (PostgreSQL)
  bool hash_comments = false;         // # to the end of the line (MySQL)
  bool nested_comments = false;       // /* /* */ */ (PostgreSQL)
  bool dashes_need_space = false;     // "--" opens a comment only before a blank (MySQL)
};

std::string quote_name(const Dialect& dialect, std::string_view name);
std::string quote_literal(const Dialect& dialect, std::string_view text);

// Quoted names, joined by ", ".
std::string quote_names(const Dialect& dialect, const std::vector<std::string>& names);

// Closing mark of a quoted name that `opening` opens; 0 when it opens none.
char closing_quote(const Dialect& dialect, char opening);

// The name inside one whole quoted name; nothing when `text` is none.
std::optional<std::string> unquote_name(const Dialect& dialect, std::string_view text);

// Letters, digits, _, $ and everything beyond ASCII; no digit first.
bool is_plain_name(std::string_view text);

// A table as a job names it: table, schema.table, "my schema"."my.table". Dots inside quotes do not count.
class TableName {
 public:
  TableName() = default;
  explicit TableName(std::vector<std::string> parts) : parts_(std::move(parts)) {}
  // Nothing when a quote is not closed, a part is empty or something follows a quoted part.
  static std::optional<TableName> parse(const Dialect& dialect, std::string_view text);

  const std::string& table() const { return parts_.back(); }
  // "" when there is none.
  std::string schema() const { return parts_.size() < 2 ? "" : parts_[parts_.size() - 2]; }
  const std::vector<std::string>& parts() const { return parts_; }
  std::string quoted(const Dialect& dialect) const;
  // Another table in the same place.
  TableName beside(std::string table) const;
  // For messages: the parts joined by dots.
  std::string text() const;

 private:
  std::vector<std::string> parts_;
};

}  // namespace sluice::sql
