// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "record/decimal.hpp"

namespace sluice::record {

// Values as canonical text that parse.hpp reads back to the same value. Each writes at `out`, which has room for
// max_value_text bytes, and answers where it stopped. No allocation, any thread.
constexpr std::size_t max_value_text = 192;

char* put_date(char* out, std::int64_t days);                            // 2024-02-29, -4712-01-01, 294276-12-31
char* put_time(char* out, std::int64_t value, std::int64_t per_second);  // 23:59:59, 23:59:59.123456
// 2024-02-29 23:59:59.123456, with +00:00 when it is an instant
char* put_timestamp(char* out, std::int64_t value, std::int64_t per_second, bool utc);
char* put_duration(char* out, std::int64_t microseconds);  // 838:59:59, -00:00:00.000001
char* put_decimal(char* out, Int128 value, int scale);     // -123.4500
char* put_decimal(char* out, const Int512& value, int scale);
// The shortest text that reads back to the same value; NaN, Infinity, -Infinity
char* put_float(char* out, double);
char* put_float(char* out, float);
char* put_boolean(char* out, bool);

}  // namespace sluice::record
