// SPDX-License-Identifier: Apache-2.0
#include "sluice/iso_date.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace sluice;

namespace {
std::string day_text(int32_t days) {
  std::string text(10, ' ');
  BOOST_TEST(write_iso_day(days, text.data()) == text.data() + 10);
  return text;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(iso_date)

BOOST_AUTO_TEST_CASE(every_day_is_read_as_it_is_written) {
  BOOST_TEST(day_text(first_iso_day) == "0000-01-01");
  BOOST_TEST(day_text(0) == "1970-01-01");
  BOOST_TEST(day_text(last_iso_day) == "9999-12-31");
  for (int32_t days = first_iso_day; is_iso_day(days); days += 13)
    BOOST_REQUIRE_EQUAL(parse_iso_day(day_text(days).c_str()).value(), days);
}

BOOST_AUTO_TEST_CASE(other_bytes_are_no_day) {
  for (const char* wrong : {"2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00"})
    BOOST_TEST(!parse_iso_day(wrong), wrong);
  for (size_t at = 0; at < 10; ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "2024-02-29";
      if (byte == text[at] || (text[at] != '-' && byte >= '0' && byte <= '9')) continue;
      text[at] = static_cast<char>(byte);
      BOOST_TEST(!parse_iso_day(text.c_str()), byte << " at " << at);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
