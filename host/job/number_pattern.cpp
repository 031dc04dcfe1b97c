// SPDX-License-Identifier: Apache-2.0
#include "job/number_pattern.hpp"

#include <cmath>
#include <cstdint>

namespace sluice::job {
namespace {

const std::string blanks = R"([ \t\r\n]*)";
const std::string with_exponent = R"([0-9.]+[eE].*)";

// Whole, and not so large that a double would miss it.
std::optional<std::uint64_t> whole_number(std::optional<double> bound) {
  constexpr double exact = 9007199254740992;  // 2^53
  if (!bound || *bound < 0 || *bound > exact || *bound != std::floor(*bound)) return {};
  return static_cast<std::uint64_t>(*bound);
}

std::string digit_between(char low, char high) {
  return low == high ? std::string(1, low) : std::string("[") + low + "-" + high + "]";
}

std::string any_digits(std::size_t count) {
  if (count == 0) return "";
  return count == 1 ? "[0-9]" : "[0-9]{" + std::to_string(count) + "}";
}

// Numbers without zeros in front.
std::string digits_at_least(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string all = digits + "|[1-9][0-9]{" + std::to_string(digits.size()) + ",}";
  for (std::size_t i = 0; i < digits.size(); ++i)
    if (digits[i] < '9')
      all += "|" + digits.substr(0, i) + digit_between(static_cast<char>(digits[i] + 1), '9') +
             any_digits(digits.size() - i - 1);
  return "(?:" + all + ")";
}

std::string digits_at_most(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string all = digits;
  if (digits.size() > 1) all += "|[0-9]{1," + std::to_string(digits.size() - 1) + "}";
  for (std::size_t i = 0; i < digits.size(); ++i)
    if (digits[i] > '0')
      all += "|" + digits.substr(0, i) + digit_between('0', static_cast<char>(digits[i] - 1)) +
             any_digits(digits.size() - i - 1);
  return "(?:" + all + ")";
}

std::string whole_pattern(const std::string& alternatives) {
  return "^" + blanks + "(?:" + alternatives + ")" + blanks + "$";
}

// Numbers of a unit, of which a fraction may make a whole number of what is counted.
std::string quantity_at_least(double low) {
  const auto whole = static_cast<std::uint64_t>(std::ceil(low)), less = static_cast<std::uint64_t>(std::floor(low));
  const std::string plain = "0*" + digits_at_least(whole) + R"((?:\.[0-9]+)?)";
  return whole == less ? plain : plain + "|0*" + digits_at_least(less) + R"(\.[0-9]+)";
}

std::string quantity_at_most(double high) {
  return "0*" + digits_at_most(static_cast<std::uint64_t>(std::floor(high))) + R"((?:\.[0-9]+)?)";
}

std::string quantity_pattern(double bound, std::string (*numbers)(double), std::span<const UnitPattern> units) {
  std::string all;
  for (const UnitPattern& unit : units)
    all.append(all.empty() ? "" : "|").append("(?:" + numbers(bound / unit.factor) + ") *").append(unit.name);
  return "^ *(?:" + all + ") *$";
}

}  // namespace

std::vector<std::string> number_bounds(const Bounds& bounds) {
  std::vector<std::string> patterns;
  const auto low = whole_number(bounds.low), high = whole_number(bounds.high);
  if (low && *low == 0) patterns.push_back("^" + blanks + R"((?:[^ \t\r\n-]|-[^1-9]*$))");
  if (low && *low > 0)
    patterns.push_back(whole_pattern(with_exponent + "|0*" + digits_at_least(*low) + R"((?:\.[0-9]*)?)"));
  if (!high) return patterns;
  std::string below = "-.*|" + with_exponent + "|0*" + std::to_string(*high) + R"((?:\.0*)?)";
  if (*high > 0) below += "|0*" + digits_at_most(*high - 1) + R"((?:\.[0-9]*)?|\.[0-9]+)";
  patterns.push_back(whole_pattern(below));
  return patterns;
}

std::vector<std::string> quantity_bounds(const Bounds& bounds, std::span<const UnitPattern> units) {
  std::vector<std::string> patterns;
  const auto low = whole_number(bounds.low), high = whole_number(bounds.high);
  if (low && *low > 0) patterns.push_back(quantity_pattern(static_cast<double>(*low), quantity_at_least, units));
  if (high) patterns.push_back(quantity_pattern(static_cast<double>(*high), quantity_at_most, units));
  return patterns;
}

}  // namespace sluice::job
