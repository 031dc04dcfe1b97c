// SPDX-License-Identifier: Apache-2.0
// How PostgreSQL writes names, texts and comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/quote.hpp"

namespace sluice::postgresql {

inline constexpr sql::Dialect dialect{
    .store = "PostgreSQL", .escape_texts = true, .dollar_quotes = true, .nested_comments = true};

inline std::string quote_name(std::string_view name) { return sql::quote_name(dialect, name); }
inline std::string quote_names(const std::vector<std::string>& names) { return sql::quote_names(dialect, names); }
// Right because every connection has standard_conforming_strings on.
inline std::string quote_literal(std::string_view text) { return sql::quote_literal(dialect, text); }

}  // namespace sluice::postgresql
