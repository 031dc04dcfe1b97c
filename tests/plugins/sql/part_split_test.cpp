// SPDX-License-Identifier: Apache-2.0
#include "sql/part_split.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;
using namespace sluice::sql;

BOOST_AUTO_TEST_SUITE(part_split)

BOOST_AUTO_TEST_CASE(what_goes_in_comes_out) {
  const Split split{.key = "3.1", .payload = encode_split({3, "`k` < 'a:b'", "token"})};
  const PartSplit back = decode_split(split, 4);
  BOOST_TEST(back.part == 3u);
  BOOST_TEST(back.condition == "`k` < 'a:b'");
  BOOST_TEST(back.snapshot == "token");
}

BOOST_AUTO_TEST_CASE(a_split_of_another_job_is_refused) {
  BOOST_CHECK_THROW(decode_split({.key = "3.1", .payload = encode_split({3, "", ""})}, 3), Error);
  BOOST_CHECK_THROW(decode_split({.key = "x", .payload = "1:x0:0:"}, 3), Error);
  BOOST_CHECK_THROW(decode_split({.key = "x", .payload = ""}, 3), Error);
}

BOOST_AUTO_TEST_SUITE_END()
