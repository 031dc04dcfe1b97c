// SPDX-License-Identifier: Apache-2.0
#include "sql/time_text.hpp"

#include <array>
#include <bit>
#include <chrono>
#include <cstring>

#include "sql/text_scanner.hpp"

namespace sluice::sql {

namespace {

namespace chrono = std::chrono;

constexpr int64_t second = 1'000'000;
constexpr int64_t day = 86'400 * second;
constexpr int32_t first_day = -719'528;  // 0000-01-01
constexpr int32_t last_day = 2'932'896;  // 9999-12-31

constexpr auto pairs = [] {
  std::array<char, 200> table{};  // 00 to 99
  for (size_t i = 0; i < 100; ++i)
    table[2 * i] = static_cast<char>('0' + i / 10), table[2 * i + 1] = static_cast<char>('0' + i % 10);
  return table;
}();

void write_two(unsigned value, char* out) { std::memcpy(out, &pairs[2 * size_t{value}], 2); }

class Scanner : public TextScanner {
 public:
  using TextScanner::TextScanner;

  std::optional<int32_t> date() {
    if (rest_.size() < 10) return std::nullopt;
    const char* const text = rest_.data();
    rest_.remove_prefix(10);
    return parse_day(text);
  }
  std::optional<int64_t> time() {
    const int hours = number(2, 23);
    if (hours < 0 || !take(':')) return std::nullopt;
    const int minutes = number(2, 59);
    if (minutes < 0) return std::nullopt;
    const int64_t whole = (hours * 3600LL + minutes * 60LL) * second;
    if (!take(':')) return whole;
    const int seconds = number(2, 59);
    const int64_t micros = seconds < 0 ? -1 : take('.') ? fraction(6) : 0;
    if (micros < 0) return std::nullopt;
    return whole + seconds * second + micros;
  }
  // Microseconds to take away; nothing when what is left is no zone.
  std::optional<int64_t> zone() {
    if (at_end() || take('Z') || take('z')) return 0;
    const bool east = take('+');
    if (!east && !take('-')) return std::nullopt;
    const int hours = number(2, 18);
    const bool colon = take(':');
    const int minutes = at_end() && !colon ? 0 : number(2, 59);
    if (hours < 0 || minutes < 0) return std::nullopt;
    const int64_t offset = (hours * 3600LL + minutes * 60LL) * second;
    return east ? offset : -offset;
  }

 private:
  // Exactly so many digits.
  int number(size_t count, int most) { return static_cast<int>(TextScanner::number(count, count, most)); }
};

// The digits of "YYYY-MM-" as eight bytes of an integer, the year's first one lowest; nothing when it is no such text.
std::optional<uint64_t> year_and_month(const char* text) {
  constexpr uint64_t shape = 0x2D'3030'2D'3030'3030, same = 0xFF'F0F0'FF'F0F0'F0F0, six = 0x00'0606'00'0606'0606;
  uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  // A digit has 3 as its upper half, and still has it with 6 more.
  const bool is_one = (bytes & same) == shape && ((bytes + six) & same) == shape;
  return is_one ? std::optional(bytes & 0x0F0F0F0F0F0F0F0F) : std::nullopt;
}

int32_t day_of(int64_t microseconds) {
  return static_cast<int32_t>(microseconds / day - (microseconds % day < 0 ? 1 : 0));
}

}  // namespace

bool date_has_text(int32_t days) { return days >= first_day && days <= last_day; }
bool timestamp_has_text(int64_t microseconds) {
  return microseconds >= first_day * day && microseconds < (last_day + 1) * day;
}
bool time_has_text(int64_t microseconds) { return microseconds >= 0 && microseconds < day; }

size_t write_date(int32_t days, char* out) {
  const chrono::year_month_day ymd{chrono::sys_days(chrono::days(days))};
  const auto year = static_cast<unsigned>(static_cast<int>(ymd.year()));
  write_two(year / 100, out);
  write_two(year % 100, out + 2);
  out[4] = '-';
  write_two(static_cast<unsigned>(ymd.month()), out + 5);
  out[7] = '-';
  write_two(static_cast<unsigned>(ymd.day()), out + 8);
  return 10;
}

size_t write_time(int64_t microseconds, char* out) {
  const auto seconds = static_cast<unsigned>(microseconds / second);
  write_two(seconds / 3600, out);
  out[2] = ':';
  write_two(seconds / 60 % 60, out + 3);
  out[5] = ':';
  write_two(seconds % 60, out + 6);
  const auto fraction = static_cast<unsigned>(microseconds % second);
  if (fraction == 0) return 8;
  out[8] = '.';
  write_two(fraction / 10'000, out + 9);
  write_two(fraction / 100 % 100, out + 11);
  write_two(fraction % 100, out + 13);
  return 15;
}

size_t write_timestamp(int64_t microseconds, bool instant, char* out) {
  const int32_t days = day_of(microseconds);
  size_t size = write_date(days, out);
  out[size++] = ' ';
  size += write_time(microseconds - days * day, out + size);
  if (!instant) return size;
  for (const char c : std::string_view("+00:00")) out[size++] = c;
  return size;
}

std::optional<int32_t> parse_day(const char* text) {
  const auto digits = year_and_month(text);
  const unsigned tens = static_cast<unsigned char>(text[8]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[9]) - unsigned{'0'};
  if (!digits || tens > 9 || ones > 9) return std::nullopt;
  const auto digit = [&](int at) { return static_cast<unsigned>(*digits >> (8 * at)) & 15; };
  const chrono::year year(static_cast<int>(1000 * digit(0) + 100 * digit(1) + 10 * digit(2) + digit(3)));
  const chrono::year_month_day ymd{year, chrono::month(10 * digit(5) + digit(6)), chrono::day(10 * tens + ones)};
  if (!ymd.ok()) return std::nullopt;
  return static_cast<int32_t>(chrono::sys_days(ymd).time_since_epoch().count());
}

std::optional<int32_t> parse_date(std::string_view text) {
  if (text.size() == 10) return parse_day(text.data());
  const auto moment = parse_timestamp(text, false);
  if (!moment || *moment % day != 0) return std::nullopt;
  return static_cast<int32_t>(*moment / day);
}

std::optional<int64_t> parse_time(std::string_view text) {
  Scanner scanner(text);
  const auto time = scanner.time();
  return time && scanner.at_end() ? time : std::nullopt;
}

std::optional<int64_t> parse_timestamp(std::string_view text, bool instant) {
  Scanner scanner(text);
  const auto date = scanner.date();
  if (!date) return std::nullopt;
  int64_t time = 0;
  if (!scanner.at_end()) {
    if (!scanner.take(' ') && !scanner.take('T')) return std::nullopt;
    const auto taken = scanner.time();
    if (!taken) return std::nullopt;
    time = *taken;
  }
  const auto offset = instant ? scanner.zone() : std::optional<int64_t>(0);
  if (!offset || !scanner.at_end()) return std::nullopt;
  return *date * day + time - *offset;
}

}  // namespace sluice::sql
