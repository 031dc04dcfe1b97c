// SPDX-License-Identifier: Apache-2.0
#include "sql/sql_text.hpp"

#include <algorithm>

#include "sql/suggest.hpp"

namespace sluice::sql {

namespace {

bool is_blank_character(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word_character(char c) { return is_plain_name(std::string_view(&c, 1)) || (c >= '0' && c <= '9'); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

size_t end_of_word(std::string_view text, size_t at) {
  while (at < text.size() && is_word_character(text[at])) ++at;
  return at;
}

char first_code(std::string_view text) {
  const std::string_view rest = trimmed(text);
  return rest.empty() ? ' ' : rest.front();
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank_character(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_character(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view Pieces::dollar_tag(size_t at) const {
  if (!dialect_.dollar_quotes || sql_[at] != '$') return {};
  if (at > 0 && is_word_character(sql_[at - 1])) return {};
  const size_t end = sql_.find('$', at + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view tag = sql_.substr(at + 1, end - at - 1);
  return tag.empty() || is_plain_name(tag) ? sql_.substr(at, end - at + 1) : std::string_view();
}

// E'...'; the E is a word of its own.
bool Pieces::follows_escape_letter(size_t at) const {
  if (at == 0 || (sql_[at - 1] != 'E' && sql_[at - 1] != 'e')) return false;
  return at == 1 || !is_word_character(sql_[at - 2]);
}

PieceKind Pieces::kind_at(size_t at) const {
  const char c = sql_[at];
  const char after = at + 1 < sql_.size() ? sql_[at + 1] : '\n';
  if (c == '\'' || (c == '"' && dialect_.double_quoted_text) || !dollar_tag(at).empty()) return PieceKind::text;
  if (closing_quote(dialect_, c) != 0) return PieceKind::name;
  if (c == '/' && after == '*') return PieceKind::comment;
  if (c == '#' && dialect_.hash_comments) return PieceKind::comment;
  if (c == '-' && after == '-') {
    const char third = at + 2 < sql_.size() ? sql_[at + 2] : '\n';
    if (!dialect_.dashes_need_space || is_blank_character(third)) return PieceKind::comment;
  }
  return PieceKind::code;
}

size_t Pieces::end_of_text(size_t at, bool& closed) const {
  if (const auto tag = dollar_tag(at); !tag.empty()) {
    const size_t end = sql_.find(tag, at + tag.size());
    closed = end != std::string_view::npos;
    return closed ? end + tag.size() : sql_.size();
  }
  const char mark = sql_[at];
  const bool escapes = dialect_.backslash_escapes || (dialect_.escape_texts && follows_escape_letter(at));
  for (size_t i = at + 1; i < sql_.size(); ++i) {
    if (sql_[i] == '\\' && escapes) {
      ++i;
    } else if (sql_[i] == mark) {
      if (i + 1 >= sql_.size() || sql_[i + 1] != mark) return i + 1;
      ++i;
    }
  }
  closed = false;
  return sql_.size();
}

size_t Pieces::end_of_comment(size_t at, bool& closed) const {
  if (sql_[at] != '/') return std::min(sql_.find('\n', at), sql_.size());
  int depth = 1;
  for (size_t i = at + 2; i + 1 < sql_.size(); ++i) {
    if (sql_[i] == '*' && sql_[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    } else if (dialect_.nested_comments && sql_[i] == '/' && sql_[i + 1] == '*') {
      ++i, ++depth;
    }
  }
  closed = false;
  return sql_.size();
}

size_t Pieces::end_of(PieceKind kind, size_t at, bool& closed) const {
  if (kind == PieceKind::text) return end_of_text(at, closed);
  if (kind == PieceKind::comment) return end_of_comment(at, closed);
  if (kind == PieceKind::name) {
    const char closing = closing_quote(dialect_, sql_[at]);
    for (size_t i = at + 1; i < sql_.size(); ++i) {
      if (sql_[i] != closing) continue;
      if (closing == ']' || i + 1 >= sql_.size() || sql_[i + 1] != closing) return i + 1;
      ++i;
    }
    closed = false;
    return sql_.size();
  }
  while (at < sql_.size() && kind_at(at) == PieceKind::code) ++at;
  return at;
}

std::optional<Piece> Pieces::next() {
  if (at_ >= sql_.size()) return std::nullopt;
  Piece piece{kind_at(at_), {}};
  const size_t end = end_of(piece.kind, at_, piece.closed);
  piece.text = sql_.substr(at_, end - at_);
  at_ = end;
  return piece;
}

std::string fault_of_condition(const Dialect& dialect, std::string_view sql) {
  int depth = 0;
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    if (!piece->closed) return piece->kind == PieceKind::comment ? "a comment is not closed" : "a quote is not closed";
    if (piece->kind != PieceKind::code) continue;
    for (const char c : piece->text) {
      if (c == ';') return "a semicolon ends the statement";
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) return "a parenthesis is closed that was not opened";
    }
  }
  return depth > 0 ? "a parenthesis is not closed" : "";
}

bool has_clause(const Dialect& dialect, std::string_view sql, std::string_view word) {
  int depth = 0;
  char before = ' ';
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    if (piece->kind == PieceKind::comment) continue;
    if (piece->kind != PieceKind::code) {
      before = 'x';
      continue;
    }
    for (size_t i = 0; i < piece->text.size();) {
      const char c = piece->text[i];
      const size_t end = is_word_character(c) ? end_of_word(piece->text, i) : i + 1;
      const char after = first_code(piece->text.substr(end));
      const bool alone = std::string_view("=<>+-*/.,(").find(before) == std::string_view::npos &&
                         std::string_view("=<>!+*/.,|&%)").find(after) == std::string_view::npos;
      if (depth == 0 && alone && same_name(piece->text.substr(i, end - i), word)) return true;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (!is_blank_character(c)) before = c;
      i = end;
    }
  }
  return false;
}

std::string first_word(const Dialect& dialect, std::string_view sql) {
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    if (piece->kind == PieceKind::comment) continue;
    if (piece->kind != PieceKind::code) return "";
    const auto start = std::find_if(piece->text.begin(), piece->text.end(),
                                    [](char c) { return !is_blank_character(c) && c != ';' && c != '('; });
    if (start == piece->text.end()) continue;
    const auto at = static_cast<size_t>(start - piece->text.begin());
    return is_letter(*start) ? lower(piece->text.substr(at, end_of_word(piece->text, at) - at)) : "";
  }
  return "";
}

bool is_blank(const Dialect& dialect, std::string_view sql) {
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    if (piece->kind == PieceKind::comment) continue;
    if (piece->kind != PieceKind::code) return false;
    if (!std::all_of(piece->text.begin(), piece->text.end(), [](char c) { return is_blank_character(c) || c == ';'; }))
      return false;
  }
  return true;
}

std::string parenthesized(const Dialect& dialect, std::string_view sql) {
  bool comment_at_end = false;
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next())
    comment_at_end = piece->kind == PieceKind::comment && piece->text.front() != '/';
  return "(" + std::string(sql) + (comment_at_end ? "\n)" : ")");
}

}  // namespace sluice::sql
