// SPDX-License-Identifier: Apache-2.0
#include "random.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <set>

using sluice::stream::RandomSequence;

BOOST_AUTO_TEST_SUITE(random_test)

BOOST_AUTO_TEST_CASE(bits_depend_on_every_coordinate) {
  std::set<uint64_t> seen;
  for (uint64_t seed = 0; seed < 8; ++seed)
    for (uint64_t split = 0; split < 8; ++split)
      for (uint64_t column = 0; column < 8; ++column)
        for (uint64_t index = 0; index < 8; ++index) seen.insert(RandomSequence(seed, split, column).at(index));
  BOOST_TEST(seen.size() == 8u * 8 * 8 * 8);
}

BOOST_AUTO_TEST_CASE(bits_stay_the_same_in_later_versions) {
  BOOST_TEST(RandomSequence(42, 1, 2).at(1000) == 16899023276187598961u);
}

BOOST_AUTO_TEST_CASE(draws_are_even) {
  const RandomSequence random(7, 0, 0);
  int counts[10] = {};
  double sum = 0;
  for (uint64_t i = 0; i < 100000; ++i) {
    ++counts[RandomSequence::below(10, random.at(i))];
    sum += RandomSequence::fraction(random.at(i));
  }
  for (const int count : counts) BOOST_TEST((count > 9500 && count < 10500), count);
  BOOST_TEST(sum / 100000 == 0.5, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_SUITE_END()
