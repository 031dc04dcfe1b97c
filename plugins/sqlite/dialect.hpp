// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sql/quote.hpp"

namespace sluice::sqlite {

inline constexpr sql::Dialect dialect{.store = "SQLite", .also_quotes = "`["};

}  // namespace sluice::sqlite
