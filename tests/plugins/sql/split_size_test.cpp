// SPDX-License-Identifier: Apache-2.0
#include "sql/split_size.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace sluice::sql;

BOOST_AUTO_TEST_SUITE(split_size)

BOOST_AUTO_TEST_CASE(large_tables_keep_to_both_limits) {
  const SplitLimits limits{.records = 200'000, .bytes = int64_t{64} << 20, .at_least = 1};
  BOOST_TEST(splits_for({1'000'000, 1'000'000}, limits) == 5);
  BOOST_TEST(splits_for({1'000, int64_t{640} << 20}, limits) == 10);
  BOOST_TEST(splits_for({-1, int64_t{640} << 20}, limits) == 10);
  BOOST_TEST(splits_for({1'000'000, -1}, limits) == 5);
}

BOOST_AUTO_TEST_CASE(small_tables_stay_whole_however_many_lanes) {
  const SplitLimits limits{.records = 200'000, .bytes = int64_t{64} << 20, .at_least = 40};
  BOOST_TEST(splits_for({100, 10'000}, limits) == 1);
  BOOST_TEST(splits_for({50'000, int64_t{30} << 20}, limits) == 6);
  BOOST_TEST(splits_for({0, 0}, limits) == 1);
  BOOST_TEST(splits_for({50'000, -1}, limits) == 6);
  BOOST_TEST(splits_for({-1, -1}, limits) == 1);
}

BOOST_AUTO_TEST_CASE(one_lane_or_a_small_table_is_cut_evenly) {
  const std::vector<double> fifths{0.2, 0.4, 0.6, 0.8};
  BOOST_TEST(cuts(5, {1'000'000, -1}, {.records = 200'000, .bytes = 1, .at_least = 1, .lanes = 1}) == fifths);
  BOOST_TEST(cuts(5, {100'000, -1}, {.records = 200'000, .bytes = 1, .at_least = 5, .lanes = 1}) == fifths);
  BOOST_TEST(cuts(5, {1'000'000, -1}, {.records = 200'000, .bytes = 1, .at_least = 5, .lanes = 2}) == fifths);
  BOOST_TEST(cuts(1, {1'000'000, -1}, {.records = 200'000, .bytes = 1, .at_least = 5, .lanes = 2}).empty());
}

// One lane had a whole split to do while the others had nothing any more.
BOOST_AUTO_TEST_CASE(the_last_splits_are_small_so_that_lanes_end_together) {
  for (const int64_t lanes : {2, 3, 16}) {
    for (const int64_t count : {3 * lanes, 5 * lanes, 7 * lanes + 1}) {
      const SplitLimits limits{.records = 200'000, .bytes = int64_t{64} << 20, .at_least = 5 * lanes, .lanes = lanes};
      auto shares = cuts(count, {count * 200'000, -1}, limits);
      shares.push_back(1);
      std::vector<double> sizes;
      for (size_t i = 0; i < shares.size(); ++i) sizes.push_back(shares[i] - (i == 0 ? 0 : shares[i - 1]));
      BOOST_TEST(std::is_sorted(sizes.rbegin(), sizes.rend(), [](double a, double b) { return a < b - 1e-9; }));
      BOOST_TEST(sizes.front() * static_cast<double>(count) <= 1 + 1e-9);
      BOOST_TEST(sizes.back() * 4 == sizes.front(), boost::test_tools::tolerance(1e-9));
      // No split is more than twice the median.
      BOOST_TEST(sizes[sizes.size() / 2] == sizes.front(), boost::test_tools::tolerance(1e-9));
    }
  }
}

BOOST_AUTO_TEST_CASE(ranges_touch_and_nulls_stand_alone) {
  const auto splits = key_ranges("t", "k", "`k`", {{"10", "20"}, {"10", "20"}}, true, {300, 3000});
  BOOST_TEST_REQUIRE(splits.size() == 4u);
  BOOST_TEST(splits[0].condition == "`k` < 10");
  BOOST_TEST(splits[1].condition == "`k` >= 10 AND `k` < 20");
  BOOST_TEST(splits[2].condition == "`k` >= 20");
  BOOST_TEST(splits[3].condition == "`k` IS NULL");
  BOOST_TEST(splits[1].label == "t k from 10 to 20");
  BOOST_TEST(splits[1].records == 100);
  BOOST_TEST(splits[2].bytes == 1000);
  BOOST_TEST(splits[3].records == 0);
}

BOOST_AUTO_TEST_CASE(without_boundaries_there_is_one_range) {
  const auto splits = key_ranges("t", "k", "`k`", {}, false, {});
  BOOST_TEST_REQUIRE(splits.size() == 1u);
  BOOST_TEST(splits[0].condition.empty());
}

// Records without a key were read twice.
BOOST_AUTO_TEST_CASE(without_boundaries_nulls_are_in_the_one_range) {
  const auto splits = key_ranges("t", "k", "`k`", {}, true, {});
  BOOST_TEST_REQUIRE(splits.size() == 1u);
  BOOST_TEST(splits[0].condition.empty());
}

BOOST_AUTO_TEST_CASE(a_long_boundary_is_cut_between_characters) {
  std::string long_key = std::string(36, 'a');
  for (int i = 0; i < 10; ++i) long_key += "\xC3\xA4";
  const auto splits = key_ranges("t", "k", "k", {{"x"}, {long_key}}, false, {});
  BOOST_TEST(splits[0].label == "t k up to " + std::string(36, 'a') + "...");
}

BOOST_AUTO_TEST_SUITE_END()
