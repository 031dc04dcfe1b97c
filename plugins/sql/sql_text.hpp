// SPDX-License-Identifier: Apache-2.0
// Looks at a user's SQL without parsing it: what is code, what is a text, a quoted name or a comment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sql/quote.hpp"

namespace sluice::sql {

enum class PieceKind { code, name, text, comment };

struct Piece {
  PieceKind kind;
  std::string_view text;  // with its quotes
  bool closed = true;     // false: it runs to the end for want of a closing mark
};

// Walks over SQL piece by piece; the pieces joined are the SQL again.
//
//   for (Pieces pieces(dialect, sql); auto piece = pieces.next();) ...
class Pieces {
 public:
  Pieces(const Dialect& dialect, std::string_view sql) : dialect_(dialect), sql_(sql) {}
  std::optional<Piece> next();

 private:
  PieceKind kind_at(size_t at) const;
  size_t end_of(PieceKind kind, size_t at, bool& closed) const;
  size_t end_of_text(size_t at, bool& closed) const;
  size_t end_of_comment(size_t at, bool& closed) const;
  std::string_view dollar_tag(size_t at) const;
  bool follows_escape_letter(size_t at) const;

  const Dialect& dialect_;
  std::string_view sql_;
  size_t at_ = 0;
};

// What is wrong with SQL that is put inside parentheses (where): "" when nothing is. Unbalanced parentheses, an
// open quote or comment, a semicolon.
std::string fault_of_condition(const Dialect& dialect, std::string_view sql);

// Does `word` stand in the SQL, outside parentheses, quotes and comments, and not as part of a qualified name or as
// one side of a comparison?
bool has_clause(const Dialect& dialect, std::string_view sql, std::string_view word);

// The first word of the code, in lower case: "select", "with", "".
std::string first_word(const Dialect& dialect, std::string_view sql);

// True when there is nothing but blanks, comments and semicolons.
bool is_blank(const Dialect& dialect, std::string_view sql);

// In parentheses; a comment at its end cannot swallow the closing one.
std::string parenthesized(const Dialect& dialect, std::string_view sql);

// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace sluice::sql
