// SPDX-License-Identifier: Apache-2.0
#include "sql/narrow.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace sluice::sql;

namespace {
struct Outcome {
  std::vector<int64_t> written, bad;
  int attempts = 0;
};

Outcome run(int64_t first, int64_t count, const std::set<int64_t>& wrong) {
  Outcome outcome;
  narrow(
      first, count,
      [&](int64_t at, int64_t size) {
        ++outcome.attempts;
        for (int64_t row = at; row < at + size; ++row)
          if (wrong.contains(row)) return false;
        for (int64_t row = at; row < at + size; ++row) outcome.written.push_back(row);
        return true;
      },
      [&](int64_t row) { outcome.bad.push_back(row); });
  return outcome;
}

void check_complete(const Outcome& outcome, int64_t first, int64_t count, const std::set<int64_t>& wrong) {
  BOOST_TEST(outcome.bad == std::vector<int64_t>(wrong.begin(), wrong.end()), boost::test_tools::per_element());
  BOOST_TEST(outcome.written.size() + wrong.size() == static_cast<size_t>(count));
  BOOST_TEST(std::is_sorted(outcome.written.begin(), outcome.written.end()));
  BOOST_TEST((outcome.written.empty() || outcome.written.front() >= first));
}
}  // namespace

BOOST_AUTO_TEST_SUITE(narrowing)

BOOST_AUTO_TEST_CASE(one_bad_record_costs_few_attempts) {
  for (const int64_t bad : {0, 1, 4095, 4096, 8191}) {
    const auto outcome = run(0, 8192, {bad});
    check_complete(outcome, 0, 8192, {bad});
    BOOST_TEST(outcome.attempts <= 32);
  }
}

BOOST_AUTO_TEST_CASE(many_bad_records_cost_little_more_than_a_pass) {
  std::set<int64_t> wrong;
  for (int64_t row = 100; row < 100 + 8192; row += 2) wrong.insert(row);
  const auto outcome = run(100, 8192, wrong);
  check_complete(outcome, 100, 8192, wrong);
  BOOST_TEST(outcome.attempts <= 8192 + 8192 / 3);
}

BOOST_AUTO_TEST_CASE(all_bad_and_a_single_record) {
  std::set<int64_t> wrong;
  for (int64_t row = 0; row < 37; ++row) wrong.insert(row);
  check_complete(run(0, 37, wrong), 0, 37, wrong);
  check_complete(run(5, 1, {5}), 5, 1, {5});
  // A record that fails in company only is written alone.
  check_complete(run(0, 64, {}), 0, 64, {});
}

BOOST_AUTO_TEST_SUITE_END()
