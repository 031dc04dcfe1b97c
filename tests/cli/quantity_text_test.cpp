// SPDX-License-Identifier: Apache-2.0
#include "cli/quantity_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::cli;

BOOST_AUTO_TEST_SUITE(quantity_text_test)

BOOST_AUTO_TEST_CASE(counts_have_commas) {
  BOOST_TEST(count_text(0) == "0");
  BOOST_TEST(count_text(999) == "999");
  BOOST_TEST(count_text(1000) == "1,000");
  BOOST_TEST(count_text(1234567) == "1,234,567");
  BOOST_TEST(count_text(1, "record") == "1 record");
  BOOST_TEST(count_text(2000, "record") == "2,000 records");
}

BOOST_AUTO_TEST_CASE(bytes_have_three_digits) {
  BOOST_TEST(bytes_text(0) == "0 B");
  BOOST_TEST(bytes_text(1023) == "1023 B");
  BOOST_TEST(bytes_text(1024) == "1.00 KiB");
  BOOST_TEST(bytes_text(12'900'000) == "12.3 MiB");
  BOOST_TEST(bytes_text(1'048'575) == "1.00 MiB");
  BOOST_TEST(bytes_text(std::uint64_t{256} << 20) == "256 MiB");
  BOOST_TEST(bytes_text(UINT64_MAX) == "16384 PiB");
}

BOOST_AUTO_TEST_CASE(speeds_count_as_the_throttle_does) {
  BOOST_TEST(speed_text(0) == "0.00 MB/s");
  BOOST_TEST(speed_text(1048576) == "1.00 MB/s");
  BOOST_TEST(speed_text(1048576 * 123.4) == "123 MB/s");
}

BOOST_AUTO_TEST_CASE(durations_grow_their_unit) {
  BOOST_TEST(duration_text(0) == "0 ms");
  BOOST_TEST(duration_text(0.0994) == "99 ms");
  BOOST_TEST(duration_text(0.0999) == "0.10 s");
  BOOST_TEST(duration_text(0.424) == "0.42 s");
  BOOST_TEST(duration_text(59.9) == "59.9 s");
  BOOST_TEST(duration_text(59.96) == "1 min 00 s");
  BOOST_TEST(duration_text(185) == "3 min 05 s");
  BOOST_TEST(duration_text(7380) == "2 h 03 min");
}

BOOST_AUTO_TEST_SUITE_END()
