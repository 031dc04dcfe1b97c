// SPDX-License-Identifier: Apache-2.0
#include "engine/split_queue.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::engine;
using sluice::plugin::Split;

BOOST_AUTO_TEST_SUITE(split_queue_test)

BOOST_AUTO_TEST_CASE(one_is_read_ahead) {
  const Split a, b, c;
  const std::vector<const Split*> splits{&a, &b, &c};
  SplitQueue queue(splits, 1, 2);
  BOOST_TEST(queue.is_idle());
  BOOST_TEST(queue.next() == &a);
  BOOST_TEST(queue.next() == nullptr);  // it is still read
  queue.read_over(a);
  BOOST_TEST(queue.next() == &b);
  queue.read_over(b);
  BOOST_TEST(queue.next() == nullptr);  // two are in work
  queue.ended(a);
  BOOST_TEST(queue.next() == &c);
  queue.ended(b);
  queue.ended(c);  // it failed before it was read
  BOOST_TEST(queue.next() == nullptr);
  BOOST_TEST(queue.is_idle());
}

BOOST_AUTO_TEST_SUITE_END()
