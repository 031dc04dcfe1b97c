// SPDX-License-Identifier: Apache-2.0
// Decimals as the server writes them, "-12.50", as Arrow's integers. [any-thread]
#pragma once

#include <string_view>

#include "sql/decimal_digits.hpp"

namespace sluice::mysql {

using sql::Int128;
using sql::Int256;
using sql::UInt128;

// The unscaled value: ("-12.5", 2) is -1250. False when the text is no such number, or has more digits behind the
// point than `scale`. The caller sees to it that the digits have room.
bool parse_decimal(std::string_view text, int scale, Int128& out);
bool parse_decimal(std::string_view text, int scale, Int256& out);

}  // namespace sluice::mysql
