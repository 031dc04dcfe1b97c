// SPDX-License-Identifier: Apache-2.0
// Decimals as text, which is how they travel through drivers: exactly, or not at all. [any-thread]
#pragma once

#include <cstddef>
#include <string_view>

#include "sql/decimal_digits.hpp"

namespace sluice::odbc {

using sql::Int256;

enum class DecimalFault { none, not_a_number, too_fine, too_large };

// value x 10^scale of "-12.50"; at most `precision` (76) digits.
DecimalFault parse_decimal(std::string_view text, int precision, int scale, Int256& out);

// Sign, 76 digits, a point and a zero before it.
inline constexpr size_t longest_decimal = 80;

// Digits of "-0012.50" from the first to the last that is not 0: 3. For stores that keep so many and no more.
int significant_digits(std::string_view text);

}  // namespace sluice::odbc
