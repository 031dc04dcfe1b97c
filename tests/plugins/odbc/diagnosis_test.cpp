// SPDX-License-Identifier: Apache-2.0
#include "odbc/diagnosis.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::odbc;

BOOST_AUTO_TEST_SUITE(diagnosis)

BOOST_AUTO_TEST_CASE(messages_in_one_line_without_the_drivers_name) {
  BOOST_TEST(plain_message("[ma-3.1.15][10.11.6-MariaDB]Duplicate entry '1' for key 'PRIMARY'") ==
             "Duplicate entry '1' for key 'PRIMARY'");
  BOOST_TEST(plain_message("[unixODBC][Driver Manager]Can't open lib 'x' : file not found") ==
             "Can't open lib 'x' : file not found");
  BOOST_TEST(plain_message("ERROR: duplicate key;\nDETAIL: Key (id)=(1).;\nError while executing the query") ==
             "ERROR: duplicate key; DETAIL: Key (id)=(1).");
  BOOST_TEST(plain_message("[no end") == "[no end");
  BOOST_TEST(plain_message("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
