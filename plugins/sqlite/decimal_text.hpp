// SPDX-License-Identifier: Apache-2.0
// Decimal numbers as text and as what SQLite stores of them: exactly, or not at all. [any-thread]
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sql/decimal_digits.hpp"

namespace sluice::sqlite {

using sql::Int128;

// The unscaled value of a number ("-12.5", "1e3") with `scale` digits behind the point; nothing when it is none, has
// more digits behind the point that count, or more than `precision` in all.
std::optional<Int128> parse_decimal(std::string_view text, int precision, int scale);

// The same for a number; a double is what its shortest text says.
std::optional<Int128> decimal_of(int64_t value, int precision, int scale);
std::optional<Int128> decimal_of(double value, int precision, int scale);

// The shortest text that reads as the same double: 0.1, 1e+300.
std::string_view write_double(double value, char* out, size_t room);

// A number in a column of NUMERIC affinity: SQLite keeps an integer of 64 bits or a double.
struct StoredNumber {
  enum class Form { none, integer, real } form = Form::none;
  int64_t integer = 0;
  double real = 0;
};

// Form::none when neither holds the value exactly. A double does when its shortest text is the value: always up to
// 15 digits.
StoredNumber stored_number(Int128 unscaled, int scale);
StoredNumber stored_number(std::string_view text);

}  // namespace sluice::sqlite
