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

BOOST_AUTO_TEST_CASE(zero_is_for_ever) {
  Watchdog watchdog(0ms);
  const Watchdog::Call call(watchdog, "reader x, next", "", [] { BOOST_ERROR("cancelled"); });
  BOOST_TEST(watchdog.look(Watchdog::Clock::now() + 1000h).empty());
}

BOOST_AUTO_TEST_CASE(a_call_that_returned_is_forgotten) {
  Watchdog watchdog(1000ms);
  { const Watchdog::Call call(watchdog, "a", "b"); }
  BOOST_TEST(watchdog.look(Watchdog::Clock::now() + 2s).empty());
}

BOOST_AUTO_TEST_CASE(a_call_is_deaf_when_it_goes_on_long_after_its_cancel) {
  Watchdog watchdog(1000ms);
  const Watchdog::Call commit(watchdog, "writer x, commit", "");
  const auto late = Watchdog::Clock::now() + 2s;
  {
    const Watchdog::Call write(watchdog, "writer x, write", "", Watchdog::no_cancel);
    watchdog.look(late);
    BOOST_TEST(!watchdog.has_deaf_call(late + 999ms, 1000ms));
    BOOST_TEST(watchdog.has_deaf_call(late + 1000ms, 1000ms));
  }
  BOOST_TEST(!watchdog.has_deaf_call(late + 1h, 1000ms));  // the commit was only named
}

BOOST_AUTO_TEST_CASE(what_a_call_waits_for_the_host_is_not_its_own_time) {
  Watchdog watchdog(1000ms);
  const Watchdog::Call call(watchdog, "reader x, read", "");
  {
    const Watchdog::Pause pause;
    BOOST_TEST(watchdog.look(Watchdog::Clock::now() + 2s).empty());
  }
  BOOST_TEST(watchdog.look(Watchdog::Clock::now() + 500ms).empty());
  BOOST_TEST(watchdog.look(Watchdog::Clock::now() + 2s).size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_call_that_a_thread_is_in_is_known) {
  Watchdog watchdog(1000ms);
  BOOST_TEST(Watchdog::current_call() == "");
  const Watchdog::Call outer(watchdog, "outer", "");
  {
    const Watchdog::Call inner(watchdog, "inner", "");
    BOOST_TEST(Watchdog::current_call() == "inner");
  }
  BOOST_TEST(Watchdog::current_call() == "outer");
}

BOOST_AUTO_TEST_SUITE_END()
