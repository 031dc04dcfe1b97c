// SPDX-License-Identifier: Apache-2.0
#include "sql/quote.hpp"

#include <algorithm>

namespace sluice::sql {

namespace {

// Position after the quoted name that starts at `at`; npos when it is not closed.
size_t end_of_quoted(std::string_view text, size_t at, char closing) {
  for (size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] != closing) continue;
    if (i + 1 < text.size() && text[i + 1] == closing && closing != ']')
      ++i;
    else
      return i + 1;
  }
  return std::string_view::npos;
}

std::string undouble(std::string_view inner, char mark) {
  std::string name;
  for (size_t i = 0; i < inner.size(); ++i) {
    name += inner[i];
    if (inner[i] == mark && mark != ']') ++i;
  }
  return name;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

}  // namespace

std::string quote_name(const Dialect& dialect, std::string_view name) {
  std::string out(1, dialect.quote);
  for (const char c : name) {
    if (c == dialect.quote) out += c;
    out += c;
  }
  return out += dialect.quote;
}

std::string quote_literal(const Dialect& dialect, std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || (c == '\\' && dialect.backslash_escapes)) out += c;
    out += c;
  }
  return out += '\'';
}

std::string quote_names(const Dialect& dialect, const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + quote_name(dialect, name);
  return out;
}

char closing_quote(const Dialect& dialect, char opening) {
  if (opening == dialect.quote) return opening;
  if (opening == '"' && dialect.double_quoted_text) return 0;
  if (dialect.also_quotes.find(opening) == std::string_view::npos) return 0;
  return opening == '[' ? ']' : opening;
}

std::optional<std::string> unquote_name(const Dialect& dialect, std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  const char closing = closing_quote(dialect, text.front());
  if (closing == 0 || end_of_quoted(text, 0, closing) != text.size()) return std::nullopt;
  return undouble(text.substr(1, text.size() - 2), closing);
}

bool is_plain_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), is_word);
}

std::optional<TableName> TableName::parse(const Dialect& dialect, std::string_view text) {
  std::vector<std::string> parts;
  for (size_t at = 0;;) {
    if (at >= text.size()) return std::nullopt;
    const char closing = closing_quote(dialect, text[at]);
    const size_t end = closing != 0 ? end_of_quoted(text, at, closing) : std::min(text.find('.', at), text.size());
    if (end == std::string_view::npos || end == at) return std::nullopt;
    const std::string_view part = text.substr(at, end - at);
    parts.push_back(closing != 0 ? undouble(part.substr(1, part.size() - 2), closing) : std::string(part));
    if (parts.back().empty()) return std::nullopt;
    if (end == text.size()) return TableName(std::move(parts));
    if (text[end] != '.') return std::nullopt;
    at = end + 1;
  }
}

std::string TableName::quoted(const Dialect& dialect) const {
  std::string out;
  for (const auto& part : parts_) out += (out.empty() ? "" : ".") + quote_name(dialect, part);
  return out;
}

TableName TableName::beside(std::string table) const {
  TableName other = *this;
  other.parts_.back() = std::move(table);
  return other;
}

std::string TableName::text() const {
  std::string out;
  for (const auto& part : parts_) out += (out.empty() ? "" : ".") + part;
  return out;
}

}  // namespace sluice::sql
