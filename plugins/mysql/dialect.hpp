// SPDX-License-Identifier: Apache-2.0
// How MySQL and MariaDB write names, texts and comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/quote.hpp"

namespace sluice::mysql {

inline constexpr sql::Dialect dialect{.store = "MySQL",
                                      .quote = '`',
                                      .double_quoted_text = true,
                                      .backslash_escapes = true,
                                      .hash_comments = true,
                                      .dashes_need_space = true};

inline std::string quote_name(std::string_view name) { return sql::quote_name(dialect, name); }
inline std::string quote_names(const std::vector<std::string>& names) { return sql::quote_names(dialect, names); }
// Right because every connection has neither ANSI_QUOTES nor NO_BACKSLASH_ESCAPES in its sql_mode.
inline std::string quote_literal(std::string_view text) { return sql::quote_literal(dialect, text); }

}  // namespace sluice::mysql
