// SPDX-License-Identifier: Apache-2.0
#include "engine/stop.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

using namespace sluice::engine;

BOOST_AUTO_TEST_SUITE(stop_test)

BOOST_AUTO_TEST_CASE(wakers_run_once_and_only_while_they_live) {
  Stop stop;
  int first = 0, second = 0;
  const Stop::Waker kept(stop, [&] { ++first; });
  {
    const Stop::Waker gone(stop, [&] { ++second; });
  }
  stop.request();
  stop.request();
  BOOST_TEST(first == 1);
  BOOST_TEST(second == 0);
}

BOOST_AUTO_TEST_CASE(a_waker_that_comes_late_runs_at_once) {
  Stop stop;
  stop.request();
  int woken = 0;
  const Stop::Waker late(stop, [&] { ++woken; });
  BOOST_TEST(woken == 1);
}

BOOST_AUTO_TEST_CASE(sleepers_wake) {
  Stop stop;
  bool woken = false;
  std::thread sleeping([&] { woken = stop.wait_for(std::chrono::hours(1)); });
  stop.request();
  sleeping.join();
  BOOST_TEST(woken);
  BOOST_TEST(stop.requested());
}

BOOST_AUTO_TEST_CASE(without_a_stop_the_time_passes) {
  Stop stop;
  BOOST_TEST(!stop.wait_for(std::chrono::milliseconds(1)));
}

BOOST_AUTO_TEST_SUITE_END()
