// SPDX-License-Identifier: Apache-2.0
#include "odbc/failure.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;
using namespace sluice::odbc;

BOOST_AUTO_TEST_SUITE(failure)

BOOST_AUTO_TEST_CASE(states_that_a_later_try_may_help) {
  for (const auto* state : {"08S01", "08001", "08003", "40001", "40P01", "HYT00", "HYT01", "57P01"})
    BOOST_TEST(meaning_of({state, 0, ""}, "").retryable, state);
  for (const auto* state : {"42000", "42S02", "22003", "23000", "28000", "HY000", "IM002"})
    BOOST_TEST(!meaning_of({state, 0, ""}, "").retryable, state);
}

BOOST_AUTO_TEST_CASE(numbers_where_the_state_says_nothing) {
  BOOST_TEST(meaning_of({"HY000", 2013, ""}, "MariaDB").code == SLUICE_UNREACHABLE);
  BOOST_TEST(meaning_of({"HY000", 2013, ""}, "MySQL").code == SLUICE_UNREACHABLE);
  BOOST_TEST(meaning_of({"42000", 1142, ""}, "MariaDB").code == SLUICE_DENIED);
  BOOST_TEST(meaning_of({"HY000", 1114, ""}, "MariaDB").retryable);
  BOOST_TEST(meaning_of({"42000", 1064, ""}, "MariaDB").code == SLUICE_INVALID);
  BOOST_TEST(meaning_of({"HY000", 5, ""}, "SQLite").retryable);
  BOOST_TEST(meaning_of({"HY000", 5, ""}, "MariaDB").code == SLUICE_INVALID);
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_no_lost_connection) {
  const Diagnosis wrong{"08001", 101, "FATAL: password authentication failed for user \"bob\""};
  BOOST_TEST(meaning_of_connect(wrong).code == SLUICE_DENIED);
  BOOST_TEST(!meaning_of_connect(wrong).retryable);
  BOOST_TEST(meaning_of_connect({"08001", 101, "Connection refused"}).retryable);
  BOOST_TEST(meaning_of_connect({"08001", 101, "FATAL: database \"x\" does not exist"}).code == SLUICE_NOT_FOUND);
  BOOST_TEST(meaning_of_connect({"01000", 0, "Can't open lib '/x.so' : file not found"}).code == SLUICE_NOT_FOUND);
  BOOST_TEST(meaning_of_connect({"HY000", 2002, "Can't connect to server"}).retryable);
}

BOOST_AUTO_TEST_CASE(what_a_record_is_to_blame_for) {
  BOOST_TEST(is_about_record({"23505", 1, ""}, "PostgreSQL"));
  BOOST_TEST(is_about_record({"22001", 0, ""}, ""));
  BOOST_TEST(is_about_record({"01004", 0, ""}, ""));
  BOOST_TEST(is_about_record({"HY000", 19, ""}, "SQLite"));
  BOOST_TEST(!is_about_record({"HY000", 13, ""}, "SQLite"));
  BOOST_TEST(!is_about_record({"42S02", 0, ""}, ""));
  BOOST_TEST(!is_about_record({"08S01", 0, ""}, ""));
}

BOOST_AUTO_TEST_CASE(codes_of_dirty_records) {
  BOOST_TEST(code_of_record({"23505", 0, ""}) == "conflict");
  BOOST_TEST(code_of_record({"23000", 1062, "Duplicate entry '1' for key 'PRIMARY'"}) == "conflict");
  BOOST_TEST(code_of_record({"23000", 1048, "Column 'a' cannot be null"}) == "null");
  BOOST_TEST(code_of_record({"HY000", 19, "NOT NULL constraint failed: t.a (19)"}) == "null");
  BOOST_TEST(code_of_record({"HY000", 19, "UNIQUE constraint failed: t.a (19)"}) == "conflict");
  BOOST_TEST(code_of_record({"99999", 0, "because"}) == "refused");
}

BOOST_AUTO_TEST_SUITE_END()
