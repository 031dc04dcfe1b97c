// SPDX-License-Identifier: Apache-2.0
#include "engine/error_limit.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::engine;

namespace {
Counters counts(std::uint64_t read, std::uint64_t dirty) {
  Counters c;
  c.read = read;
  c.dirty = dirty;
  c.written = read - dirty;
  return c;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(error_limit_test)

BOOST_AUTO_TEST_CASE(as_many_as_allowed_and_not_one_more) {
  ErrorLimit limit({.record = 3, .percentage = {}}, 10);
  BOOST_TEST(limit.reserve(counts(10, 2)));
  BOOST_TEST(limit.reserve(counts(10, 1)));
  BOOST_TEST(!limit.reserve(counts(10, 1)));
  BOOST_TEST(limit.crossed());
  BOOST_TEST(limit.reason() == "more dirty records than setting.errorLimit.record allows: 3");
}

BOOST_AUTO_TEST_CASE(once_crossed_nothing_commits) {
  ErrorLimit limit({.record = 0, .percentage = {}}, 10);
  BOOST_TEST(!limit.reserve(counts(10, 1)));
  BOOST_TEST(!limit.reserve(counts(10, 0)));
}

BOOST_AUTO_TEST_CASE(what_is_given_back_does_not_count) {
  ErrorLimit limit({.record = 3, .percentage = {}}, 10);
  BOOST_TEST(limit.reserve(counts(10, 3)));
  limit.give_back(counts(10, 3));
  BOOST_TEST(limit.reserve(counts(10, 3)));
}

BOOST_AUTO_TEST_CASE(one_split_alone_can_cross_it_early) {
  ErrorLimit limit({.record = 3, .percentage = {}}, 10);
  BOOST_TEST(limit.reserve(counts(10, 2)));
  BOOST_TEST(!limit.is_crossed_by(1));
  BOOST_TEST(limit.is_crossed_by(2));
  BOOST_TEST(limit.crossed());
}

BOOST_AUTO_TEST_CASE(the_percentage_is_decided_before_the_last_commit) {
  ErrorLimit passes({.record = {}, .percentage = 0.1}, 2);
  BOOST_TEST(passes.reserve(counts(10, 2)));
  BOOST_TEST(passes.reserve(counts(10, 0)));

  ErrorLimit fails({.record = {}, .percentage = 0.1}, 2);
  BOOST_TEST(fails.reserve(counts(10, 2)));
  BOOST_TEST(!fails.reserve(counts(10, 1)));
  BOOST_TEST(fails.reason() == "a larger share of dirty records than setting.errorLimit.percentage allows: 3 of 20");
}

BOOST_AUTO_TEST_CASE(a_job_in_which_every_record_is_dirty_fails) {
  ErrorLimit limit({.record = {}, .percentage = {}}, 1);
  BOOST_TEST(!limit.reserve(counts(10, 10)));
  BOOST_TEST(limit.reason() == "every record is dirty: 10 of 10");
  ErrorLimit empty({.record = {}, .percentage = {}}, 1);
  BOOST_TEST(empty.reserve(counts(0, 0)));
}

BOOST_AUTO_TEST_SUITE_END()
