// SPDX-License-Identifier: Apache-2.0
// numeric's binary form (digits to the base 10,000) against Arrow's decimals and against text. Exact or not at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sql/decimal_digits.hpp"

namespace sluice::postgresql {

using sql::Int128;
using sql::Int256;
using sql::UInt128;

enum class NumericFault { none, not_finite, too_large, malformed };

// value x 10^scale into `out`; `bytes` is what stands after the field's length.
NumericFault numeric_to_decimal(std::string_view bytes, int scale, Int128& out);
NumericFault numeric_to_decimal(std::string_view bytes, int scale, Int256& out);

// As the server prints it: "-12.50", "NaN", "Infinity".
NumericFault numeric_to_text(std::string_view bytes, std::string& out);

// Room for any of the following.
inline constexpr size_t most_numeric_bytes = 8 + 2 * 24;

// Writes the binary form of value / 10^scale; answers its size.
size_t numeric_from_decimal(Int128 value, int scale, char* out);
size_t numeric_from_decimal(const Int256& value, int scale, char* out);

// Appends the binary form of a number in text ("-12.5e3", "NaN", "infinity"); false when it is none.
bool numeric_from_text(std::string_view text, std::string& out);

// Does the number in text survive in a numeric(p,scale)? Its size is not looked at.
bool is_kept(std::string_view text, int scale);

}  // namespace sluice::postgresql
