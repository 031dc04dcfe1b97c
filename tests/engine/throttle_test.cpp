// SPDX-License-Identifier: Apache-2.0
#include "engine/throttle.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::engine;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(throttle_test)

BOOST_AUTO_TEST_CASE(a_bucket_lets_its_rate_through) {
  const Bucket::Clock::time_point start{};
  Bucket bucket(1000, 50ms, start);
  auto now = start;
  for (int i = 0; i < 1000; ++i) now = std::max(now, bucket.charge(10, now));
  BOOST_TEST(std::chrono::duration<double>(now - start).count() == 10.0, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(idle_time_is_not_saved_up_beyond_the_burst) {
  const Bucket::Clock::time_point start{};
  Bucket bucket(1000, 50ms, start);
  const auto later = start + 10s;
  BOOST_TEST((bucket.charge(1000, later) == later - 50ms + 1s));
}

BOOST_AUTO_TEST_CASE(late_callers_do_not_add_up) {  // absolute deadlines: oversleeping by 1 ms each time costs nothing
  const Bucket::Clock::time_point start{};
  Bucket bucket(1000, 50ms, start);
  auto now = start;
  for (int i = 0; i < 1000; ++i) now = std::max(now, bucket.charge(10, now) + 1ms);
  BOOST_TEST(std::chrono::duration<double>(now - start).count() == 10.0, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(batches_shrink_with_the_rate_and_the_lanes) {
  BOOST_TEST(Throttle({}, {}).batch_target(16).bytes == 1u << 20);
  BOOST_TEST(Throttle(1.0, {}).batch_target(1).bytes == (1u << 20) / 20);
  BOOST_TEST(Throttle(1.0, {}).batch_target(1000).bytes == 4096u);
  BOOST_TEST(Throttle({}, 100).batch_target(1).records == 5u);
  BOOST_TEST(Throttle({}, 1).batch_target(1).records == 1u);
}

BOOST_AUTO_TEST_CASE(both_rates_are_kept) {
  const auto now = Bucket::Clock::now();
  const auto at_once = Throttle({}, {}).charge(1 << 20, 1000);
  BOOST_TEST((at_once <= Bucket::Clock::now()));
  BOOST_TEST((Throttle(1.0, {}).charge(10 << 20, 1) >= now + 9s));
  BOOST_TEST((Throttle(1000.0, 10).charge(1, 100) >= now + 9s));
}

BOOST_AUTO_TEST_SUITE_END()
