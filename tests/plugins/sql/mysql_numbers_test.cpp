// SPDX-License-Identifier: Apache-2.0
#include "sql/mysql_numbers.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace sluice::sql;

BOOST_AUTO_TEST_SUITE(mysql_numbers)

BOOST_AUTO_TEST_CASE(what_a_number_means) {
  BOOST_TEST_REQUIRE(mysql_meaning(1114).has_value());
  BOOST_TEST(mysql_meaning(1114)->code == SLUICE_IO);  // the table is full
  BOOST_TEST(mysql_meaning(1114)->retryable);
  BOOST_TEST(mysql_meaning(1142)->code == SLUICE_DENIED);
  BOOST_TEST(!mysql_meaning(1142)->retryable);
  BOOST_TEST(!mysql_meaning(1064).has_value());
  BOOST_TEST(mysql_record_code(1064) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_number_is_about_a_record_or_about_something_else) {
  std::set<int64_t> seen;
  for (const auto& entry : mysql_record_codes()) {
    BOOST_TEST(seen.insert(entry.number).second, entry.number);
    BOOST_TEST(!mysql_meaning(entry.number).has_value(), entry.number);
    BOOST_TEST(mysql_record_code(entry.number) == &entry);
    BOOST_TEST(entry.sqlstate.size() == 5u);
  }
  BOOST_TEST(mysql_record_code(1062)->code == "conflict");
}

BOOST_AUTO_TEST_SUITE_END()
