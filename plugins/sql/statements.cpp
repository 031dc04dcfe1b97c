// SPDX-License-Identifier: Apache-2.0
#include "sql/statements.hpp"

#include <algorithm>

#include "sql/sql_text.hpp"
#include "sql/suggest.hpp"

namespace sluice::sql {

namespace {

constexpr std::string_view placeholder = "@table";

bool continues_word(std::string_view text, size_t at) {
  return at < text.size() && (is_plain_name(text.substr(at, 1)) || (text[at] >= '0' && text[at] <= '9'));
}

// Bodies that hold semicolons of their own.
bool is_block(const Dialect& dialect, std::string_view sql) {
  const std::string first = first_word(dialect, sql);
  if (first == "declare") return true;
  // A lone BEGIN opens a transaction.
  if (first == "begin") return !has_clause(dialect, sql, "commit") && has_clause(dialect, sql, "end");
  if (first != "create" && first != "alter") return false;
  const auto has = [&](std::string_view word) { return has_clause(dialect, sql, word); };
  return has("trigger") || has("procedure") || has("function") || has("event");
}

}  // namespace

std::string substitute_table(const Dialect& dialect, std::string_view sql, std::string_view quoted_table) {
  std::string out;
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    std::string_view rest = piece->text;
    if (piece->kind != PieceKind::code) {
      out += rest;
      continue;
    }
    for (size_t at; (at = rest.find(placeholder)) != std::string_view::npos;) {
      const size_t end = at + placeholder.size();
      const bool whole = !continues_word(rest, end) && (at == 0 || rest[at - 1] != '@');
      out += rest.substr(0, at);
      out += whole ? quoted_table : placeholder;
      rest.remove_prefix(end);
    }
    out += rest;
  }
  return out;
}

std::vector<std::string> prepare_statements(const Dialect& dialect, std::span<const std::string> entries,
                                            std::string_view quoted_table) {
  std::vector<std::string> all;
  for (const auto& entry : entries)
    if (!is_blank(dialect, entry)) all.push_back(substitute_table(dialect, trimmed(entry), quoted_table));
  return all;
}

std::vector<std::string> split_statements(const Dialect& dialect, std::string_view sql) {
  if (is_block(dialect, sql)) return {std::string(trimmed(sql))};
  std::vector<std::string> all(1);
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    std::string_view rest = piece->text;
    if (piece->kind == PieceKind::code)
      for (size_t at; (at = rest.find(';')) != std::string_view::npos; rest.remove_prefix(at + 1)) {
        all.back() += rest.substr(0, at);
        all.emplace_back();
      }
    all.back() += rest;
  }
  for (auto& one : all) one = std::string(trimmed(one));
  std::erase_if(all, [&](const std::string& one) { return is_blank(dialect, one); });
  return all;
}

}  // namespace sluice::sql
