// SPDX-License-Identifier: Apache-2.0
#include "sql/lanes.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::sql;

namespace {
struct FakeConnection {
  int number;
  bool alive = true;
  bool is_alive() const { return alive; }
};
Lane<FakeConnection> lane(int number, size_t source = 0, std::string snapshot = "", bool alive = true) {
  return {std::make_unique<FakeConnection>(FakeConnection{number, alive}), source, std::move(snapshot)};
}
}  // namespace

BOOST_AUTO_TEST_SUITE(lanes)

// Connections in turn: each of them had buffers as large as the largest record in the end.
BOOST_AUTO_TEST_CASE(the_connection_that_was_used_last_is_used_again) {
  Lanes<FakeConnection> lanes;
  for (int number : {1, 2, 3}) lanes.give(lane(number));
  for (int i = 0; i < 3; ++i) {
    auto taken = lanes.take(0, "");
    BOOST_TEST_REQUIRE(taken.connection != nullptr);
    BOOST_TEST(taken.connection->number == 3);
    lanes.give(std::move(taken));
  }
}

BOOST_AUTO_TEST_CASE(source_and_snapshot_are_those_that_were_asked_for) {
  Lanes<FakeConnection> lanes;
  lanes.give(lane(1, 0, "a"));
  lanes.give(lane(2, 1, "a"));
  lanes.give(lane(3, 0, "b"));
  BOOST_TEST(lanes.take(0, "a").connection->number == 1);
  BOOST_TEST((lanes.take(0, "a").connection == nullptr));
  const auto none = lanes.take(1, "c");
  BOOST_TEST((none.connection == nullptr));
  BOOST_TEST(none.source == 1u);
  BOOST_TEST(none.snapshot == "c");
}

BOOST_AUTO_TEST_CASE(a_dead_connection_is_put_aside) {
  Lanes<FakeConnection> lanes;
  lanes.give(lane(1));
  lanes.give(lane(2, 0, "", false));
  BOOST_TEST(lanes.take(0, "").connection->number == 1);
  BOOST_TEST((lanes.take(0, "").connection == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
