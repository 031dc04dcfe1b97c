// SPDX-License-Identifier: Apache-2.0
#include "record/parse.hpp"

#include <cmath>
#include <limits>

#include "record/calendar.hpp"
#include "record/format.hpp"
#include "sample.hpp"

namespace sluice::record {

BOOST_AUTO_TEST_SUITE(parse_test)

namespace {

template <class T>
Fault integer(std::string_view text, T& out) {
  return parse_integer(text, out);
}

// A decimal's text in and out, or the code of its fault.
std::string decimal(std::string_view text, int precision, int scale) {
  char out[max_value_text];
  Int128 narrow = 0;
  Int512 wide = 0;
  const Fault fault = parse_decimal(text, precision, scale, narrow);
  BOOST_TEST(parse_decimal(text, precision, scale, wide) == fault, text);
  if (fault != Fault::none) return "!" + std::string(code_of(fault));
  BOOST_TEST((wide == Int512(narrow)), text);
  return {out, put_decimal(out, narrow, scale)};
}

std::string date(std::string_view text) {
  std::int64_t days = 0;
  char out[max_value_text];
  if (parse_date(text, days) != Fault::none) return "!";
  return {out, put_date(out, days)};
}

std::string timestamp(std::string_view text) {
  ParsedTimestamp parsed;
  char out[max_value_text];
  if (parse_timestamp(text, parsed) != Fault::none) return "!";
  const std::string_view clock(out, static_cast<std::size_t>(put_timestamp(out, parsed.seconds, 1, false) - out));
  return std::string(clock) + " " + std::to_string(parsed.nanoseconds) +
         (parsed.has_offset ? " " + std::to_string(parsed.offset) : "");
}

}  // namespace

BOOST_AUTO_TEST_CASE(integers_are_strict) {
  std::int64_t value = 0;
  BOOST_TEST(integer("-9223372036854775808", value) == Fault::none);
  BOOST_TEST(value == INT64_MIN);
  BOOST_TEST(integer("9223372036854775808", value) == Fault::range);
  BOOST_TEST(integer("007", value) == Fault::none);
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "1e3", "0x10", "--1", "1,000", "NaN", "١"}) {
    BOOST_TEST(integer(text, value) == Fault::parse, text);
  }
  std::uint64_t large = 0;
  BOOST_TEST(integer("18446744073709551615", large) == Fault::none);
  BOOST_TEST(large == UINT64_MAX);
  BOOST_TEST(integer("18446744073709551616", large) == Fault::range);
  BOOST_TEST(integer("-1", large) == Fault::parse);
  std::int8_t small = 0;
  BOOST_TEST(integer("-128", small) == Fault::none);
  BOOST_TEST(integer("128", small) == Fault::range);
}

BOOST_AUTO_TEST_CASE(floats) {
  double value = 0;
  BOOST_TEST(parse_float("-1.5e3", value) == Fault::none);
  BOOST_TEST(value == -1500);
  BOOST_TEST(parse_float("nan", value) == Fault::none);
  BOOST_TEST(std::isnan(value));
  BOOST_TEST(parse_float("-Infinity", value) == Fault::none);
  BOOST_TEST(value == -std::numeric_limits<double>::infinity());
  BOOST_TEST(parse_float("5e-324", value) == Fault::none);
  BOOST_TEST(value == 5e-324);
  BOOST_TEST(parse_float("1e400", value) == Fault::range);
  BOOST_TEST(parse_float("1e-400", value) == Fault::range);
  for (const char* text : {"", "1.5 ", " 1", "+1", "nan(1)", "1,5", "0x1p3", "e5", "."}) {
    BOOST_TEST(parse_float(text, value) == Fault::parse, text);
  }
}

BOOST_AUTO_TEST_CASE(decimals_lose_no_digit) {
  BOOST_TEST(decimal("123.45", 5, 2) == "123.45");
  BOOST_TEST(decimal("-0.05", 5, 2) == "-0.05");
  BOOST_TEST(decimal(".5", 5, 2) == "0.50");
  BOOST_TEST(decimal("5.", 5, 2) == "5.00");
  BOOST_TEST(decimal("1.500000000000000000000000000000000000000000000000", 5, 2) == "1.50");
  BOOST_TEST(decimal("000000000000000000000000000000000000000000000000001", 5, 2) == "1.00");
  BOOST_TEST(decimal("1.505", 5, 2) == "!inexact");
  BOOST_TEST(decimal("1000", 5, 2) == "!range");
  BOOST_TEST(decimal("999.999", 5, 2) == "!inexact");
  BOOST_TEST(decimal("1e2", 5, 2) == "100.00");
  BOOST_TEST(decimal("12e-1", 5, 2) == "1.20");
  BOOST_TEST(decimal("1E+2", 5, 2) == "100.00");
  BOOST_TEST(decimal("0e99999", 5, 2) == "0.00");
  BOOST_TEST(decimal("1e-99999", 5, 2) == "!inexact");
  BOOST_TEST(decimal("1e99999", 5, 2) == "!range");
  BOOST_TEST(decimal("-0", 5, 2) == "0.00");
  BOOST_TEST(decimal("99999999999999999999999999999999999999", 38, 0) == std::string(38, '9'));
  BOOST_TEST(decimal("-9999999999999999999999999999.9999999999", 38, 10) == "-9999999999999999999999999999.9999999999");
  BOOST_TEST(decimal("100000000000000000000000000000000000000", 38, 0) == "!range");
  BOOST_TEST(decimal("12300", 3, -2) == "12300");
  BOOST_TEST(decimal("12345", 3, -2) == "!inexact");
  for (const char* text :
       {"", "-", ".", "+1", "1.2.3", "1e", "1e+", " 1", "1 ", "NaN", "1_0", "1e5.5", "--1", "1e999999999999"}) {
    BOOST_TEST(decimal(text, 5, 2) == "!parse", text);
  }
}

BOOST_AUTO_TEST_CASE(decimals_of_76_digits) {
  const std::string nines(76, '9');
  Int512 value = 0;
  BOOST_TEST(parse_decimal("-" + nines, 76, 0, value) == Fault::none);
  BOOST_TEST((value == -(power_512(76) - 1)));
  BOOST_TEST(parse_decimal(nines + "9", 76, 0, value) == Fault::range);
  BOOST_TEST(parse_decimal("0." + nines + "9", 76, 76, value) == Fault::inexact);
}

BOOST_AUTO_TEST_CASE(booleans) {
  bool value = false;
  for (const char* text : {"true", "TRUE", "True", "1"})
    BOOST_TEST((parse_boolean(text, value) == Fault::none && value), text);
  for (const char* text : {"false", "FALSE", "0"})
    BOOST_TEST((parse_boolean(text, value) == Fault::none && !value), text);
  for (const char* text : {"", "2", "yes", "t", "true ", "01"})
    BOOST_TEST(parse_boolean(text, value) == Fault::parse, text);
}

BOOST_AUTO_TEST_CASE(dates) {
  for (const char* text : {"2024-02-29", "0000-01-01", "-4712-01-01", "294276-12-31", "1582-10-10"})
    BOOST_TEST(date(text) == text);
  BOOST_TEST(date("+294276-12-31") == "294276-12-31");
  BOOST_TEST(date("4713-01-01 BC") == "-4712-01-01");
  BOOST_TEST(date("0001-02-29 BC") == "0000-02-29");
  for (const char* text :
       {"", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "24-01-01", "2024-1-1", "2024/01/01",
        "2024-01-01 ", " 2024-01-01", "12345678-01-01", "0000-01-01 BC", "-0001-01-01 BC", "20240101"}) {
    BOOST_TEST(date(text) == "!", text);
  }
}

BOOST_AUTO_TEST_CASE(times) {
  std::int64_t value = 0;
  BOOST_TEST(parse_time("23:59:59.999999999", value) == Fault::none);
  BOOST_TEST(value == 86'399'999'999'999);
  BOOST_TEST(parse_time("24:00:00", value) == Fault::none);
  BOOST_TEST(value == 86'400'000'000'000);
  BOOST_TEST(parse_time("12:30", value) == Fault::none);
  for (const char* text : {"", "24:00:01", "24:01", "25:00:00", "12:60:00", "12:00:60", "1:00:00", "12:00:00.",
                           "12:00:00.1234567890", "12:00:00Z", "-01:00:00", "12"}) {
    BOOST_TEST(parse_time(text, value) == Fault::parse, text);
  }
}

BOOST_AUTO_TEST_CASE(durations) {
  std::int64_t value = 0;
  BOOST_TEST(parse_duration("-838:59:59.000001", value) == Fault::none);
  BOOST_TEST(value == -3'020'399'000'001);
  BOOST_TEST(parse_duration("-2562047788:00:54.775808", value) == Fault::none);
  BOOST_TEST(value == INT64_MIN);
  BOOST_TEST(parse_duration("2562047788:00:54.775808", value) == Fault::range);
  BOOST_TEST(parse_duration("00:00:00.0000001", value) == Fault::inexact);
  for (const char* text : {"", "1:2:3", "1:00", "00:60:00", "+1:00:00"})
    BOOST_TEST(parse_duration(text, value) == Fault::parse, text);
}

BOOST_AUTO_TEST_CASE(timestamps) {
  BOOST_TEST(timestamp("2024-02-29 23:59:59.5") == "2024-02-29 23:59:59 500000000");
  BOOST_TEST(timestamp("2024-02-29T23:59") == "2024-02-29 23:59:00 0");
  BOOST_TEST(timestamp("2024-02-29") == "2024-02-29 00:00:00 0");
  BOOST_TEST(timestamp("2024-02-29 23:59:59Z") == "2024-02-29 23:59:59 0 0");
  BOOST_TEST(timestamp("2024-02-29 23:59:59+02") == "2024-02-29 23:59:59 0 7200");
  BOOST_TEST(timestamp("2024-02-29 23:59:59-0330") == "2024-02-29 23:59:59 0 -12600");
  BOOST_TEST(timestamp("2024-02-29 23:59:59.000000001+05:45") == "2024-02-29 23:59:59 1 20700");
  BOOST_TEST(timestamp("1890-01-01 00:00:00+00:53:28") == "1890-01-01 00:00:00 0 3208");
  BOOST_TEST(timestamp("0044-03-15 12:00:00+00 BC") == "-0043-03-15 12:00:00 0 0");
  BOOST_TEST(timestamp("294276-12-31 23:59:59") == "294276-12-31 23:59:59 0");
  for (const char* text :
       {"", "2024-02-30 00:00:00", "2024-02-29 24:00:01", "2024-02-29 23:59:60", "2024-02-29  00:00:00",
        "2024-02-29 00:00:00 ", "2024-02-29 00:00:00+", "2024-02-29 00:00:00+24", "2024-02-29 00:00:00+1",
        "2024-02-29 00:00:00+01:6", "2024-02-29 00:00:00 UTC", "2024-02-29 ", "2024-02-29Z"}) {
    BOOST_TEST(timestamp(text) == "!", text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
