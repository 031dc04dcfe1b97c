// SPDX-License-Identifier: Apache-2.0
// Days as ISO 8601 writes them, YYYY-MM-DD: ten bytes, years 0000 to 9999 of the proleptic Gregorian calendar. Without
// branches for each digit, since dates come by the million. [any-thread]
#pragma once

#include <bit>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <optional>

#include "sluice/digits.hpp"

namespace sluice {

inline constexpr int32_t first_iso_day = -719'528;  // 0000-01-01, in days since 1970-01-01
inline constexpr int32_t last_iso_day = 2'932'896;  // 9999-12-31

inline bool is_iso_day(int64_t days) { return days >= first_iso_day && days <= last_iso_day; }

namespace detail {
// The digits of "YYYY-MM-" as eight bytes of an integer, the year's first one lowest; nothing when it is no such text.
inline std::optional<uint64_t> year_and_month(const char* text) {
  constexpr uint64_t shape = 0x2D'3030'2D'3030'3030, same = 0xFF'F0F0'FF'F0F0'F0F0, six = 0x00'0606'00'0606'0606;
  uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  // A digit has 3 as its upper half, and still has it with 6 more.
  const bool is_one = (bytes & same) == shape && ((bytes + six) & same) == shape;
  return is_one ? std::optional(bytes & 0x0F0F0F0F0F0F0F0F) : std::nullopt;
}
}  // namespace detail

// Days since 1970-01-01 of the ten bytes; nothing when they are no day.
inline std::optional<int32_t> parse_iso_day(const char* text) {
  const auto digits = detail::year_and_month(text);
  const unsigned tens = static_cast<unsigned char>(text[8]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[9]) - unsigned{'0'};
  if (!digits || tens > 9 || ones > 9) return std::nullopt;
  const auto digit = [&](int at) { return static_cast<unsigned>(*digits >> (8 * at)) & 15; };
  const std::chrono::year year(static_cast<int>(1000 * digit(0) + 100 * digit(1) + 10 * digit(2) + digit(3)));
  const std::chrono::year_month_day ymd{year, std::chrono::month(10 * digit(5) + digit(6)),
                                        std::chrono::day(10 * tens + ones)};
  if (!ymd.ok()) return std::nullopt;
  return static_cast<int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count());
}

// Ten bytes for a day of is_iso_day(); the end of them.
inline char* write_iso_day(int32_t days, char* out) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(days))};
  const auto year = static_cast<unsigned>(static_cast<int>(ymd.year()));
  out = write_two_digits(year % 100, write_two_digits(year / 100, out));
  *out++ = '-';
  out = write_two_digits(static_cast<unsigned>(ymd.month()), out);
  *out++ = '-';
  return write_two_digits(static_cast<unsigned>(ymd.day()), out);
}

}  // namespace sluice
