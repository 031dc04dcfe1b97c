// SPDX-License-Identifier: Apache-2.0
#include "cli/quantity_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace sluice::cli {
namespace {

constexpr double kibi = 1024;
constexpr double mebi = kibi * kibi;

// Three significant digits, no fewer than the whole part has.
std::string decimal(double value) {
  int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string pair_text(std::uint64_t large, const char* large_unit, std::uint64_t small, const char* small_unit) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%llu %s %02llu %s", static_cast<unsigned long long>(large), large_unit,
                static_cast<unsigned long long>(small), small_unit);
  return text.data();
}

}  // namespace

std::string count_text(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string count_text(std::uint64_t count, std::string_view singular) {
  std::string text = count_text(count) + ' ' + std::string(singular);
  return count == 1 ? text : text + 's';
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB"};
  double value = static_cast<double>(bytes) / kibi;
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < units.size(); ++unit) value /= kibi;
  return decimal(value) + ' ' + units[unit];
}

std::string speed_text(double bytes_per_second) { return decimal(std::max(0.0, bytes_per_second) / mebi) + " MB/s"; }

std::string duration_text(double seconds) {
  seconds = std::max(0.0, seconds);
  if (seconds < 0.0995) return std::to_string(std::llround(seconds * 1000)) + " ms";
  if (seconds < 59.95) return decimal(seconds) + " s";
  auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return pair_text(whole / 60, "min", whole % 60, "s");
  return pair_text(whole / 3600, "h", whole % 3600 / 60, "min");
}

}  // namespace sluice::cli
