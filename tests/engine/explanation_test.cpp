// SPDX-License-Identifier: Apache-2.0
#include "engine/explanation.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/memory_use.hpp"
#include "made_job.hpp"

namespace sluice::engine {
BOOST_AUTO_TEST_SUITE(explanation_test)

BOOST_AUTO_TEST_CASE(a_plan_touches_nothing_and_knows_its_sums) {
  Made m;
  m.splits = 3;
  m.records = 50;
  m.max_tasks = 1;
  OpenedJob opened(m, R"({"speed":{"concurrent":8}})", {.check_only = true});
  BOOST_REQUIRE(opened.outcome.job);
  const auto plan = explain(*opened.outcome.job);
  BOOST_REQUIRE(plan);
  BOOST_TEST(plan->splits.size() == 3u);
  BOOST_TEST(plan->records == 150);
  BOOST_TEST(plan->bytes == -1);  // the reader does not say
  BOOST_TEST(plan->lanes.lanes == 3u);
  BOOST_TEST(plan->lanes.reason == "the plan has 3 splits");
  BOOST_REQUIRE_EQUAL(plan->columns.size(), 1u);
  BOOST_TEST(plan->columns[0].source.name == "id");
  BOOST_TEST(plan->columns[0].risks.empty());
  BOOST_TEST(m.prepared + m.tasks + m.commits + m.completed == 0);
}

BOOST_AUTO_TEST_CASE(memory_stays_below_the_setting_and_the_data) {
  job::Setting setting;
  BOOST_TEST(expected_memory(setting, 1, -1) == (1u + 4 + 16) << 20);
  BOOST_TEST(expected_memory(setting, 100, -1) == setting.memory);
  BOOST_TEST(expected_memory(setting, 100, 1000) == 1000u);
}

BOOST_AUTO_TEST_CASE(columns_are_mapped_by_position) {
  const auto from = record::Schema::make({{"name", {record::TypeId::utf8}, true, {{"sluice.length", "200"}}},
                                          {"id", {record::TypeId::int64}, false, {{"sluice.native", "bigint"}}}});
  const auto to = record::Schema::make({{"n", {record::TypeId::utf8}, true, {{"sluice.length", "50"}}},
                                        {"i", {record::TypeId::int64}, true, {{"sluice.required", "1"}}}});
  const auto columns = map_columns(from, to, false);
  BOOST_REQUIRE_EQUAL(columns.size(), 2u);
  BOOST_TEST(columns[0].is_shortened());
  BOOST_TEST(columns[1].source.native == "bigint");
  BOOST_TEST(columns[1].risks.empty());
  BOOST_TEST(!columns[1].target.nullable);
}

BOOST_AUTO_TEST_CASE(lanes_are_as_many_as_there_are_splits) {
  BOOST_TEST(count_lanes(4, 9, false).lanes == 4u);
  BOOST_TEST(count_lanes(4, 9, false).reason.empty());
  BOOST_TEST(count_lanes(4, 0, false).lanes == 1u);
  BOOST_TEST(count_lanes(4, 1, true).reason == "what is left has 1 split");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::engine
