// SPDX-License-Identifier: Apache-2.0
#include "job/quantity.hpp"

#include <boost/test/unit_test.hpp>

#include "sluice/plugin.h"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(quantity_test)

BOOST_AUTO_TEST_CASE(bytes) {
  BOOST_TEST(parse_bytes("1048576").value() == 1048576);
  BOOST_TEST(parse_bytes("4MiB").value() == 4 << 20);
  BOOST_TEST(parse_bytes("4 mb").value() == 4 << 20);
  BOOST_TEST(parse_bytes("64k").value() == 65536);
  BOOST_TEST(parse_bytes("1.5G").value() == 1610612736);
  BOOST_TEST(parse_bytes("9223372036854775807").value() == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(durations) {
  BOOST_TEST(parse_duration("30").value() == 30'000);
  BOOST_TEST(parse_duration("5s").value() == 5'000);
  BOOST_TEST(parse_duration("10min").value() == 600'000);
  BOOST_TEST(parse_duration("250ms").value() == 250);
  BOOST_TEST(parse_duration("1.5h").value() == 5'400'000);
  BOOST_TEST(parse_duration("2d").value() == 172'800'000);
}

BOOST_AUTO_TEST_CASE(back_to_text) {
  BOOST_TEST(quantity_text(256 << 20, SLUICE_BYTES) == "256MiB");
  BOOST_TEST(quantity_text(1000, SLUICE_BYTES | SLUICE_STRING) == "1000");
  BOOST_TEST(quantity_text(90'000, SLUICE_DURATION) == "90s");
  BOOST_TEST(quantity_text(0, SLUICE_DURATION) == "0");
  BOOST_TEST(quantity_text(1024, SLUICE_INTEGER) == "1024");
  BOOST_TEST(quantity_text(0.5, SLUICE_NUMBER) == "0.5");
}

BOOST_AUTO_TEST_CASE(neither) {
  for (const char* text : {"", "x", "12x", "k", "1..5k", "1e3", "--1", "0.3", "9999999999999T", "1.0000001k", "nan"}) {
    BOOST_TEST(!parse_bytes(text), text);
  }
  for (const char* text : {"", "soon", "5 weeks", "0.0001s", "5mi"}) BOOST_TEST(!parse_duration(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
