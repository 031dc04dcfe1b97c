// SPDX-License-Identifier: Apache-2.0
#include "sql/split_payload.hpp"

#include <boost/test/unit_test.hpp>

#include "sluice/error.hpp"

using namespace sluice::sql;

BOOST_AUTO_TEST_SUITE(split_payload)

BOOST_AUTO_TEST_CASE(every_list_comes_back) {
  const PayloadParts parts = {"orders", std::nullopt, "", std::string("a\0:3:b", 6)};
  BOOST_TEST((decode_payload(encode_payload(parts)) == parts));
  BOOST_TEST(decode_payload("").empty());
}

BOOST_AUTO_TEST_CASE(foreign_bytes_are_refused) {
  for (const char* wrong : {"abc", "5:abc", "x:abc", "99999999999999999999:a", ":a"})
    BOOST_CHECK_THROW(decode_payload(wrong), sluice::Error);
}

BOOST_AUTO_TEST_SUITE_END()
