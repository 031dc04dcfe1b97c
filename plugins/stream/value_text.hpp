// SPDX-License-Identifier: Apache-2.0
// Values of the stream reader as people write them in a job. Each parser takes the whole text or answers nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace sluice::stream {

__extension__ typedef __int128 Unscaled;

struct DecimalText {
  Unscaled unscaled;
  int scale;
};

std::optional<int64_t> parse_long(std::string_view text);
std::optional<double> parse_double(std::string_view text);
std::optional<bool> parse_boolean(std::string_view text);
// "2024-02-29", "2024-02-29 12:30:00", "... .123456": microseconds since 1970.
std::optional<int64_t> parse_date(std::string_view text);
// At most 38 digits.
std::optional<DecimalText> parse_decimal(std::string_view text);
// The same number with more digits after the point; nothing when it has more than 38 digits then.
std::optional<Unscaled> rescale(const DecimalText& number, int scale);

// "8,15" in two, spaces around the parts dropped.
std::optional<std::pair<std::string_view, std::string_view>> parse_pair(std::string_view text);

}  // namespace sluice::stream
