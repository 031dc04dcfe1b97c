// SPDX-License-Identifier: Apache-2.0
#include "sluice/digits.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace sluice;

namespace {
template <class T>
std::string integer(T value) {
  std::string text(longest_integer + 8, '#');
  const auto size = static_cast<size_t>(write_integer(value, text.data()) - text.data());
  BOOST_TEST(text.substr(longest_integer) == "########");
  return text.substr(0, size);
}
std::string decimal(bool is_negative, uint64_t size, int scale) {
  std::string text(longest_integer + 9, '#');
  const auto length = static_cast<size_t>(write_decimal(is_negative, size, scale, text.data()) - text.data());
  BOOST_TEST(text.substr(longest_integer + 1) == "########");
  return text.substr(0, length);
}
// Digit by digit.
std::string slow_decimal(bool is_negative, uint64_t size, int scale) {
  std::string digits = std::to_string(size);
  if (digits.size() <= static_cast<size_t>(scale))
    digits.insert(0, static_cast<size_t>(scale) + 1 - digits.size(), '0');
  if (scale != 0) digits.insert(digits.size() - static_cast<size_t>(scale), ".");
  return (is_negative ? "-" : "") + digits;
}
uint64_t any_seed() {
  const char* given = std::getenv("SLUICE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}
// From memory that ends where the text does.
std::optional<uint64_t> read(std::string_view text) {
  const std::vector<char> bytes(text.begin(), text.end());
  uint64_t value = 0;
  return read_digits(bytes.data(), bytes.size(), value) ? std::optional(value) : std::nullopt;
}
std::optional<uint64_t> read(std::string_view text, int scale) {
  const std::vector<char> bytes(text.begin(), text.end());
  uint64_t value = 0;
  return read_decimal({bytes.data(), bytes.size()}, scale, value) ? std::optional(value) : std::nullopt;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(digits)

BOOST_AUTO_TEST_CASE(integers_at_their_ends) {
  BOOST_TEST(integer<int8_t>(-128) == "-128");
  BOOST_TEST(integer<uint8_t>(255) == "255");
  BOOST_TEST(integer<int16_t>(-32768) == "-32768");
  BOOST_TEST(integer(std::numeric_limits<int32_t>::min()) == "-2147483648");
  BOOST_TEST(integer(std::numeric_limits<int64_t>::min()) == "-9223372036854775808");
  BOOST_TEST(integer(std::numeric_limits<int64_t>::max()) == "9223372036854775807");
  BOOST_TEST(integer(std::numeric_limits<uint64_t>::max()) == "18446744073709551615");
}

BOOST_AUTO_TEST_CASE(integers_around_powers_of_ten_and_two) {
  for (const uint64_t power : powers_of_ten)
    for (const uint64_t value : {power - 1, power, power + 1}) BOOST_TEST(integer(value) == std::to_string(value));
  for (unsigned bit = 0; bit < 64; ++bit) {
    const uint64_t power = uint64_t{1} << bit;
    for (const uint64_t value : {power - 1, power, power + 1}) BOOST_TEST(integer(value) == std::to_string(value));
  }
}

BOOST_AUTO_TEST_CASE(integers_of_all_groups_of_digits) {
  for (uint64_t value = 0; value < 1'100'000; ++value)
    if (integer(value) != std::to_string(value)) BOOST_ERROR("not its digits: " << value);
}

BOOST_AUTO_TEST_CASE(decimals_keep_all_digits_of_their_scale) {
  BOOST_TEST(decimal(true, 1250, 2) == "-12.50");
  BOOST_TEST(decimal(false, 5, 2) == "0.05");
  BOOST_TEST(decimal(false, 0, 3) == "0.000");
  BOOST_TEST(decimal(false, 7, 0) == "7");
  BOOST_TEST(decimal(true, 999'999'999'999'999'999, 18) == "-0.999999999999999999");
  BOOST_TEST(decimal(true, std::numeric_limits<uint64_t>::max(), 0) == "-18446744073709551615");
  BOOST_TEST(decimal(true, std::numeric_limits<uint64_t>::max(), 1) == "-1844674407370955161.5");
  BOOST_TEST(decimal(true, std::numeric_limits<uint64_t>::max(), 2) == "-184467440737095516.15");
  BOOST_TEST(decimal(false, UINT32_MAX, 2) == "42949672.95");
  BOOST_TEST(decimal(false, uint64_t{UINT32_MAX} + 1, 2) == "42949672.96");
}

BOOST_AUTO_TEST_CASE(decimals_of_any_size_and_scale) {
  const auto seed = any_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t size = random() >> (random() % 64);
    const auto scale = static_cast<int>(random() % 19);
    const bool is_negative = random() % 2 == 0;
    BOOST_REQUIRE_EQUAL(decimal(is_negative, size, scale), slow_decimal(is_negative, size, scale));
  }
}

BOOST_AUTO_TEST_CASE(digits_are_read_as_they_are_written) {
  const auto seed = any_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = std::to_string((random() >> (random() % 64)) % powers_of_ten[19]);
    const uint64_t value = std::stoull(text);
    text.insert(0, random() % (most_digits + 1 - text.size()), '0');
    BOOST_REQUIRE_EQUAL(read(text).value(), value);
  }
  BOOST_TEST(read("9999999999999999999").value() == 9'999'999'999'999'999'999U);
}

BOOST_AUTO_TEST_CASE(other_bytes_are_no_digits) {
  for (size_t size = 1; size <= most_digits; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, '9');
        text[at] = static_cast<char>(byte);
        if (read(text).has_value() != (byte >= '0' && byte <= '9'))
          BOOST_ERROR("taken for a digit, or not: " << byte << " at " << at << " of " << size);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(decimals_are_read_at_their_scale) {
  BOOST_TEST(read("12.50", 2).value() == 1250);
  BOOST_TEST(read("12.5", 2).value() == 1250);
  BOOST_TEST(read("12", 2).value() == 1200);
  BOOST_TEST(read("12.", 2).value() == 1200);
  BOOST_TEST(read(".5", 2).value() == 50);
  BOOST_TEST(read("7", 0).value() == 7);
  BOOST_TEST(read("7.", 0).value() == 7);
  BOOST_TEST(read("0.999999999999999999", 18).has_value() == false);  // 19 digits may not fit
  BOOST_TEST(read(".999999999999999999", 18).value() == 999'999'999'999'999'999);
  BOOST_TEST(read("999999999999999999", 0).value() == 999'999'999'999'999'999);
  for (const char* wrong :
       {"", ".", "12.345", "1.2.3", "1..2", "-1", "+1", "1e3", " 1", "1 ", "1,5", "9999999999999999999"})
    BOOST_TEST(!read(wrong, 2), wrong);
  BOOST_TEST(!read("1", 76));
}

BOOST_AUTO_TEST_CASE(random_decimals_are_read_as_they_are_written) {
  const auto seed = any_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const auto scale = static_cast<int>(random() % 18);
    const uint64_t size = (random() >> (random() % 64)) % powers_of_ten[18];
    std::string text = decimal(false, size, scale);
    BOOST_REQUIRE_EQUAL(read(text, scale).value(), size);
    if (scale == 0) continue;
    text.erase(text.find_last_not_of('0') + 1);  // fewer digits than the scale has
    BOOST_REQUIRE_EQUAL(read(text, scale).value(), size);
  }
}

BOOST_AUTO_TEST_CASE(other_bytes_are_no_decimals) {
  for (const std::string& good : {std::string("12.25"), std::string("1234567.25"), std::string("12345678901.5")}) {
    for (size_t at = 0; at < good.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = good;
        text[at] = static_cast<char>(byte);
        const bool is_digit = byte >= '0' && byte <= '9';
        const bool is_good = good[at] == '.' ? is_digit || byte == '.' : is_digit;
        if (read(text, 2).has_value() != is_good)
          BOOST_ERROR("taken, or not: " << byte << " at " << at << " of " << good);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
