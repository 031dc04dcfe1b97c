// SPDX-License-Identifier: Apache-2.0
#include "job/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include "job/suggest.hpp"
#include "sluice/plugin.h"

namespace sluice::job {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::int64_t kibi = 1024;
constexpr std::array<Unit, 14> byte_units{{{"", 1},
                                           {"b", 1},
                                           {"k", kibi},
                                           {"kb", kibi},
                                           {"kib", kibi},
                                           {"m", kibi* kibi},
                                           {"mb", kibi* kibi},
                                           {"mib", kibi* kibi},
                                           {"g", kibi* kibi* kibi},
                                           {"gb", kibi* kibi* kibi},
                                           {"gib", kibi* kibi* kibi},
                                           {"t", kibi* kibi* kibi* kibi},
                                           {"tb", kibi* kibi* kibi* kibi},
                                           {"tib", kibi* kibi* kibi* kibi}}};

constexpr std::array<Unit, 8> duration_units{{{"", 1000},
                                              {"ms", 1},
                                              {"s", 1000},
                                              {"sec", 1000},
                                              {"m", 60'000},
                                              {"min", 60'000},
                                              {"h", 3'600'000},
                                              {"d", 86'400'000}}};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Whole numbers stay exact up to 2^63; fractions must come out whole.
std::optional<std::int64_t> scaled(std::string_view number, std::int64_t factor) {
  std::int64_t whole = 0;
  const char* end = number.data() + number.size();
  auto [at, failed] = std::from_chars(number.data(), end, whole);
  std::int64_t product = 0;
  if (failed == std::errc{} && at == end) {
    if (__builtin_mul_overflow(whole, factor, &product)) return {};
    return product;
  }
  double fraction = 0;
  auto [stop, wrong] = std::from_chars(number.data(), end, fraction, std::chars_format::fixed);
  double result = fraction * static_cast<double>(factor);
  if (wrong != std::errc{} || stop != end || !(std::abs(result) < 9e15) || result != std::floor(result)) return {};
  return static_cast<std::int64_t>(result);
}

std::optional<std::int64_t> parse(std::string_view text, std::span<const Unit> units) {
  text = trimmed(text);
  std::size_t digits = std::min(text.find_first_not_of("0123456789.-"), text.size());
  if (digits == 0) return {};
  std::string_view name = trimmed(text.substr(digits));
  for (const Unit& unit : units) {
    if (equal_without_case(name, unit.name)) return scaled(trimmed(text.substr(0, digits)), unit.factor);
  }
  return {};
}

constexpr std::array<Unit, 3> shown_bytes{{{"GiB", kibi* kibi* kibi}, {"MiB", kibi* kibi}, {"KiB", kibi}}};
constexpr std::array<Unit, 4> shown_durations{{{"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}}};

// In the largest unit that leaves it whole.
std::string in_units(std::int64_t number, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (number != 0 && number % unit.factor == 0) return std::to_string(number / unit.factor).append(unit.name);
  }
  return std::to_string(number);
}

std::string plain(double number) {
  char digits[400];
  auto [end, failed] = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
  return failed == std::errc{} ? std::string(digits, end) : std::string();
}

}  // namespace

std::string quantity_text(double number, std::uint32_t types) {
  bool whole = std::abs(number) < 9e15 && number == std::floor(number);
  if (whole && (types & SLUICE_BYTES) != 0) return in_units(static_cast<std::int64_t>(number), shown_bytes);
  if (whole && (types & SLUICE_DURATION) != 0) return in_units(static_cast<std::int64_t>(number), shown_durations);
  return plain(number);
}

std::optional<std::int64_t> parse_bytes(std::string_view text) { return parse(text, byte_units); }

std::optional<std::int64_t> parse_duration(std::string_view text) { return parse(text, duration_units); }

}  // namespace sluice::job
