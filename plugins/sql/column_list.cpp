// SPDX-License-Identifier: Apache-2.0
#include "sql/column_list.hpp"

#include <set>

#include "sql/sql_text.hpp"
#include "sql/suggest.hpp"

namespace sluice::sql {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 1  -2.5  .5  1e9
bool is_number(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const auto take_digits = [&] {
    size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    text.remove_prefix(count);
    return count;
  };
  size_t digits = take_digits();
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    digits += take_digits();
  }
  if (digits == 0) return false;
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  return text.empty();
}

bool is_one_text(const Dialect& dialect, std::string_view text) {
  Pieces pieces(dialect, text);
  const auto piece = pieces.next();
  return piece && piece->kind == PieceKind::text && piece->closed && piece->text.size() == text.size();
}

bool is_word_constant(std::string_view text) {
  return same_name(text, "null") || same_name(text, "true") || same_name(text, "false");
}

ColumnEntry parse_entry(const Dialect& dialect, const std::string& raw) {
  const std::string text(trimmed(raw));
  if (is_number(text) || is_word_constant(text) || is_one_text(dialect, text))
    return {ColumnKind::constant, raw, "", text};
  if (auto name = unquote_name(dialect, text)) return {ColumnKind::name, raw, *name, quote_name(dialect, *name)};
  if (is_plain_name(text)) return {ColumnKind::name, raw, text, quote_name(dialect, text)};
  return {ColumnKind::expression, raw, "", text};
}

}  // namespace

std::vector<std::string> ColumnList::names() const {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.kind == ColumnKind::name ? entry.name : entry.text);
  return names;
}

ColumnList parse_columns(const Dialect& dialect, std::span<const std::string> entries, Problems& problems) {
  ColumnList list;
  if (entries.size() == 1 && trimmed(entries[0]) == "*") {
    list.all = true;
    return list;
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::string_view text = trimmed(entries[i]);
    if (text.empty())
      problems.push_back({path_of(i), "an empty column name", "name a column, a constant or an expression"});
    else if (text == "*")
      problems.push_back({path_of(i), "\"*\" among other columns", "use [\"*\"] alone, or name every column"});
    list.entries.push_back(parse_entry(dialect, entries[i]));
    const auto& entry = list.entries.back();
    if (entry.kind != ColumnKind::expression || text.empty() || text == "*") continue;
    if (const std::string fault = fault_of_condition(dialect, entry.sql); !fault.empty())
      problems.push_back({path_of(i), "not one expression: " + fault + ": " + entry.text});
  }
  return list;
}

ColumnList parse_target_columns(const Dialect& dialect, std::span<const std::string> entries, Problems& problems) {
  ColumnList list = parse_columns(dialect, entries, problems);
  std::set<std::string> seen;
  for (size_t i = 0; i < list.entries.size(); ++i) {
    auto& entry = list.entries[i];
    if (entry.kind == ColumnKind::constant)
      problems.push_back({path_of(i), "a constant among the columns to write: " + entry.text,
                          "a writer's columns are names; put the constant into the reader's column list"});
    if (entry.kind == ColumnKind::expression) {
      // A name with blanks or dashes: it is looked up in the table like any other.
      entry = {ColumnKind::name, entry.text, entry.text, quote_name(dialect, entry.text)};
    }
    if (!entry.name.empty() && !seen.insert(entry.name).second)
      problems.push_back({path_of(i), "a column is named twice: " + entry.name, "name each column once"});
  }
  return list;
}

}  // namespace sluice::sql
