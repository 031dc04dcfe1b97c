// SPDX-License-Identifier: Apache-2.0
#include "postgresql/failure.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::postgresql;

BOOST_AUTO_TEST_SUITE(failure)

BOOST_AUTO_TEST_CASE(what_may_pass_is_retryable) {
  for (const char* state : {"08006", "57P01", "57P03", "53300", "53100", "40001", "40P01", "55P03", "57014"})
    BOOST_TEST(meaning_of(state).retryable, state);
  for (const char* state : {"28P01", "3D000", "42501", "42P01", "42703", "25006", "22001", "23505", "57P04", "0A000"})
    BOOST_TEST(!meaning_of(state).retryable, state);
}

BOOST_AUTO_TEST_CASE(faults_of_records_and_of_others) {
  for (const char* state : {"22001", "22P02", "23505", "23503", "23514", "P0001", "21000"})
    BOOST_TEST(is_about_record(state), state);
  for (const char* state : {"40P01", "53100", "55P03", "57014", "08006", "42P01", "42501", ""})
    BOOST_TEST(!is_about_record(state), state);
  BOOST_TEST(code_of_record("23505") == "conflict");
  BOOST_TEST(code_of_record("P0001") == "refused");
}

BOOST_AUTO_TEST_CASE(no_sqlstate_means_no_connection) {
  const auto error = sluice::postgresql::failure("write", "", "server closed the connection", "database \"d\"");
  BOOST_TEST(error.code() == SLUICE_UNREACHABLE);
  BOOST_TEST((error.flags() & SLUICE_RETRYABLE) != 0u);
  BOOST_TEST(error.what() == std::string("write: server closed the connection (database \"d\")"));
}

BOOST_AUTO_TEST_SUITE_END()
