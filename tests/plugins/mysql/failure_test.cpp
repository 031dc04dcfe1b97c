// SPDX-License-Identifier: Apache-2.0
#include "mysql/failure.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;
using namespace sluice::mysql;

BOOST_AUTO_TEST_SUITE(failure)

BOOST_AUTO_TEST_CASE(what_may_pass_is_retryable) {
  for (const unsigned number : {1205u, 1213u, 2006u, 2013u, 2003u, 1040u, 1021u, 1114u, 1053u, 1203u, 1317u, 1927u})
    BOOST_TEST(meaning_of(number, "HY000").retryable, number);
  for (const unsigned number : {1045u, 1049u, 1142u, 1146u, 1054u, 1064u, 1290u, 1062u, 1406u})
    BOOST_TEST(!meaning_of(number, "HY000").retryable, number);
}

BOOST_AUTO_TEST_CASE(a_sqlstate_tells_where_the_number_is_unknown) {
  BOOST_TEST(meaning_of(9999, "08S01").code == SLUICE_UNREACHABLE);
  BOOST_TEST(meaning_of(9999, "40001").retryable);
  BOOST_TEST(meaning_of(9999, "22003").code == SLUICE_BAD_DATA);
  BOOST_TEST(meaning_of(9999, "HY000").code == SLUICE_INVALID);
}

BOOST_AUTO_TEST_CASE(faults_of_records_and_of_others) {
  for (const unsigned number : {1048u, 1062u, 1264u, 1292u, 1366u, 1406u, 1452u, 4025u, 3819u, 1644u})
    BOOST_TEST(is_about_record(number, "HY000"), number);
  for (const unsigned number : {1205u, 1213u, 2006u, 1146u, 1142u, 1290u, 1064u})
    BOOST_TEST(!is_about_record(number, "HY000"), number);
  BOOST_TEST(is_about_record(1644, "45000"));
  BOOST_TEST(code_of_record(1062, "23000") == "conflict");
  BOOST_TEST(code_of_record(1644, "45000") == "refused");
}

BOOST_AUTO_TEST_CASE(a_lost_connection_is_not_used_again) {
  BOOST_TEST(is_lost(2006));
  BOOST_TEST(is_lost(2013));
  BOOST_TEST(is_lost(2026));
  BOOST_TEST(!is_lost(1213));
}

BOOST_AUTO_TEST_CASE(an_error_names_the_place_and_keeps_number_and_state) {
  const Error error = mysql::failure("read orders", {1205, "HY000", "Lock wait timeout exceeded"}, "database \"d\"");
  BOOST_TEST(error.what() == std::string("read orders: Lock wait timeout exceeded (database \"d\")"));
  BOOST_TEST(error.vendor_code() == 1205);
  BOOST_TEST(error.sqlstate() == "HY000");
  BOOST_TEST((error.flags() & SLUICE_RETRYABLE) != 0u);
}

BOOST_AUTO_TEST_CASE(a_warning_has_the_state_of_its_error) {
  BOOST_TEST(sqlstate_of_record(1062) == "23000");
  BOOST_TEST(sqlstate_of_record(1406) == "22001");
  BOOST_TEST(sqlstate_of_record(1) == "HY000");
}

BOOST_AUTO_TEST_SUITE_END()
