// SPDX-License-Identifier: Apache-2.0
// Dialects that differ in everything that matters.
#pragma once

#include "sql/quote.hpp"

namespace sluice::tests {

inline constexpr sql::Dialect ansi{
    .store = "ANSI", .escape_texts = true, .dollar_quotes = true, .nested_comments = true};
inline constexpr sql::Dialect back_ticks{.store = "MySQL",
                                         .quote = '`',
                                         .double_quoted_text = true,
                                         .backslash_escapes = true,
                                         .hash_comments = true,
                                         .dashes_need_space = true};
inline constexpr sql::Dialect brackets{.store = "SQLite", .also_quotes = "`["};

}  // namespace sluice::tests
