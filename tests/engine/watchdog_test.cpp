// SPDX-License-Identifier: Apache-2.0
#include "engine/watchdog.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::engine;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(watchdog_test)

BOOST_AUTO_TEST_CASE(an_overdue_call_is_named_and_cancelled_once) {
  Watchdog watchdog(1000ms);
  int cancelled = 0;
  const Watchdog::Call call(watchdog, "writer x, write", "id 1..9", [&] { ++cancelled; });
  const auto now = Watchdog::Clock::now();
  BOOST_TEST(watchdog.look(now).empty());
  const auto overdue = watchdog.look(now + 2s);
  BOOST_REQUIRE_EQUAL(overdue.size(), 1u);
  BOOST_TEST(overdue[0].text == "no answer within 1000 ms: writer x, write, split id 1..9");
  BOOST_TEST(overdue[0].cancelled);
  BOOST_TEST(watchdog.look(now + 3s).empty());
  BOOST_TEST(cancelled == 1);
}

BOOST_AUTO_TEST_CASE(a_call_that_must_not_be_cancelled_is_only_named) {
  Watchdog watchdog(1000ms);
  const Watchdog::Call call(watchdog, "writer x, commit", "");
  const auto overdue = watchdog.look(Watchdog::Clock::now() + 2s);
  BOOST_REQUIRE_EQUAL(overdue.size(), 1u);
  BOOST_TEST(!overdue[0].cancelled);
}

BOOST_AUTO_TEST_CASE(a_call_that_returned_is_forgotten) {
  Watchdog watchdog(1000ms);
  { const Watchdog::Call call(watchdog, "a", "b"); }
  BOOST_TEST(watchdog.look(Watchdog::Clock::now() + 2s).empty());
}

BOOST_AUTO_TEST_SUITE_END()
