// SPDX-License-Identifier: Apache-2.0
#include "job/known_stores.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(known_stores_test)

BOOST_AUTO_TEST_CASE(points_to_the_nearest_way) {
  BOOST_TEST(known_store("odps")->title == "MaxCompute (ODPS)");
  BOOST_TEST(known_store("Hologres")->advice == "use `postgresql`, whose protocol it speaks");
  BOOST_TEST(known_store("ORACLE")->advice == "use `odbc` with the driver of the store, or a file");
  BOOST_TEST(known_store("kafka")->advice == "");
  BOOST_TEST(!known_store("nosuchstore"));
  BOOST_TEST(!known_store(""));
}

BOOST_AUTO_TEST_SUITE_END()
