// SPDX-License-Identifier: Apache-2.0
#include "record/format.hpp"

#include <limits>

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(format_test)

namespace {

template <class... A>
std::string written(char* (*put)(char*, A...), std::type_identity_t<A>... arguments) {
  char text[max_value_text];
  return {text, put(text, arguments...)};
}

std::string decimal(Int128 value, int scale) { return written<Int128, int>(put_decimal, value, scale); }
std::string wide(const Int512& value, int scale) { return written<const Int512&, int>(put_decimal, value, scale); }
std::string real(double value) { return written<double>(put_float, value); }

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;

}  // namespace

BOOST_AUTO_TEST_CASE(dates) {
  BOOST_TEST(written(put_date, 0) == "1970-01-01");
  BOOST_TEST(written(put_date, 19'782) == "2024-02-29");
  BOOST_TEST(written(put_date, -141'427) == "1582-10-15");
  BOOST_TEST(written(put_date, -141'428) == "1582-10-14");
  BOOST_TEST(written(put_date, -2'440'550) == "-4712-01-01");
  BOOST_TEST(written(put_date, -719'528) == "0000-01-01");
  BOOST_TEST(written(put_date, -719'529) == "-0001-12-31");
  BOOST_TEST(written(put_date, 2'932'897) == "10000-01-01");
  BOOST_TEST(written(put_date, INT32_MAX) == "5881580-07-11");
  BOOST_TEST(written(put_date, INT32_MIN) == "-5877641-06-23");
}

BOOST_AUTO_TEST_CASE(times_and_timestamps) {
  BOOST_TEST(written(put_time, 0, second) == "00:00:00");
  BOOST_TEST(written(put_time, day, second) == "24:00:00");
  BOOST_TEST(written(put_time, day - 1, second) == "23:59:59.999999");
  BOOST_TEST(written(put_time, 1, 1000 * second) == "00:00:00.000000001");
  BOOST_TEST(written(put_timestamp, -1, second, false) == "1969-12-31 23:59:59.999999");
  BOOST_TEST(written(put_timestamp, 0, second, true) == "1970-01-01 00:00:00+00:00");
  BOOST_TEST(written(put_timestamp, INT64_MAX, second, false) == "294247-01-10 04:00:54.775807");
  BOOST_TEST(written(put_timestamp, INT64_MIN, second, false) == "-290308-12-21 19:59:05.224192");
  BOOST_TEST(written(put_timestamp, INT64_MIN, 1000 * second, true) == "1677-09-21 00:12:43.145224192+00:00");
}

BOOST_AUTO_TEST_CASE(durations) {
  BOOST_TEST(written(put_duration, 0) == "00:00:00");
  BOOST_TEST(written(put_duration, -1) == "-00:00:00.000001");
  BOOST_TEST(written(put_duration, (838 * 3600 + 59 * 60 + 59) * second) == "838:59:59");
  BOOST_TEST(written(put_duration, INT64_MIN) == "-2562047788:00:54.775808");
}

BOOST_AUTO_TEST_CASE(decimals) {
  BOOST_TEST(decimal(0, 0) == "0");
  BOOST_TEST(decimal(0, 3) == "0.000");
  BOOST_TEST(decimal(-5, 3) == "-0.005");
  BOOST_TEST(decimal(-12345, 2) == "-123.45");
  BOOST_TEST(decimal(12, -3) == "12000");
  BOOST_TEST(decimal(0, -3) == "0");
  BOOST_TEST(decimal(powers_128[38] - 1, 10) == "9999999999999999999999999999.9999999999");
  BOOST_TEST(decimal(-powers_128[38] + 1, 38) == "-0.99999999999999999999999999999999999999");
  BOOST_TEST(decimal(powers_128[19], 0) == "10000000000000000000");
  BOOST_TEST(wide(power_512(76) - 1, 0) == std::string(76, '9'));
  BOOST_TEST(wide(-power_512(75), 76) == "-0.1" + std::string(75, '0'));
  BOOST_TEST(wide(0, 2) == "0.00");
}

BOOST_AUTO_TEST_CASE(floats_in_their_shortest_form) {
  BOOST_TEST(real(0.1) == "0.1");
  BOOST_TEST(real(-0.0) == "-0");
  BOOST_TEST(real(1e300) == "1e+300");
  BOOST_TEST(real(5e-324) == "5e-324");
  BOOST_TEST(real(std::numeric_limits<double>::quiet_NaN()) == "NaN");
  BOOST_TEST(real(-std::numeric_limits<double>::infinity()) == "-Infinity");
  BOOST_TEST(written<float>(put_float, 0.1f) == "0.1");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
