// SPDX-License-Identifier: Apache-2.0
#include "sql/time_text.hpp"

#include "sluice/iso_date.hpp"
#include "sql/text_scanner.hpp"

namespace sluice::sql {

namespace {

constexpr int64_t second = 1'000'000;
constexpr int64_t day = 86'400 * second;

class Scanner : public TextScanner {
 public:
  using TextScanner::TextScanner;

  std::optional<int32_t> date() {
    if (rest_.size() < 10) return std::nullopt;
    const char* const text = rest_.data();
    rest_.remove_prefix(10);
    return parse_iso_day(text);
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

int32_t day_of(int64_t microseconds) {
  return static_cast<int32_t>(microseconds / day - (microseconds % day < 0 ? 1 : 0));
}

}  // namespace

bool date_has_text(int32_t days) { return is_iso_day(days); }
bool timestamp_has_text(int64_t microseconds) {
  return microseconds >= first_iso_day * day && microseconds < (last_iso_day + 1) * day;
}
bool time_has_text(int64_t microseconds) { return microseconds >= 0 && microseconds < day; }

size_t write_time(int64_t microseconds, char* out) {
  const auto seconds = static_cast<unsigned>(microseconds / second);
  write_two_digits(seconds / 3600, out);
  out[2] = ':';
  write_two_digits(seconds / 60 % 60, out + 3);
  out[5] = ':';
  write_two_digits(seconds % 60, out + 6);
  const auto fraction = static_cast<unsigned>(microseconds % second);
  if (fraction == 0) return 8;
  out[8] = '.';
  write_two_digits(fraction / 10'000, out + 9);
  write_two_digits(fraction / 100 % 100, out + 11);
  write_two_digits(fraction % 100, out + 13);
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

std::optional<int32_t> parse_date(std::string_view text) {
  if (text.size() == 10) return parse_iso_day(text.data());
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
