// SPDX-License-Identifier: Apache-2.0
#include "engine/resume.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "made_job.hpp"
#include "sluice/error.hpp"

using namespace sluice::engine;

namespace {

const char* const setting = R"({"retry":{"times":0}})";

// Fails in split 2 of 4: two splits are committed by then.
void fail_half_way(Made& m) {
  m.refused = {1, 1001, 3001};
  m.on_read = [](std::uint64_t split, std::uint32_t, std::uint64_t at) {
    if (split == 2 && at == 500) throw sluice::io_error("disk gone");
  };
}

std::multiset<std::int64_t> expected(const Made& m) {
  std::multiset<std::int64_t> values;
  for (std::int64_t i = 0; i < 4000; ++i)
    if (!m.refused.contains(i)) values.insert(i);
  return values;
}

// As if the process had died between the last commit and its line in the journal.
void forget_last_line(const RanJob& ran) {
  const auto file = ran.directory.path / "journal.jsonl";
  std::string text = *read_file(file);
  text.resize(text.rfind('\n', text.size() - 2) + 1);
  BOOST_REQUIRE(replace_durably(file, text));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resume_test)

BOOST_AUTO_TEST_CASE(committed_splits_are_not_run_again) {
  Made m;
  fail_half_way(m);
  RanJob ran(m, setting);
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(m.commits == 2);
  m.on_read = nullptr;
  bool resumed = false;
  m.on_prepare = [&](bool resume) { resumed = resume; };
  ran.resume(setting);
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(resumed);
  BOOST_TEST(m.commits == 4);
  BOOST_TEST((m.committed == expected(m)));
  BOOST_TEST(ran.summary.counters.read == 4000u);
  BOOST_TEST(ran.summary.counters.dirty == 3u);
  BOOST_TEST(ran.dirty_lines().size() == 3u);
  BOOST_TEST(ran.summary.splits_done == 4u);
}

BOOST_AUTO_TEST_CASE(without_a_commit_everything_begins_again) {
  Made m;
  m.stable = false;
  m.on_read = [](std::uint64_t, std::uint32_t, std::uint64_t) { throw sluice::io_error("disk gone"); };
  RanJob ran(m, setting);
  m.on_read = nullptr;
  bool resumed = true;
  m.on_prepare = [&](bool resume) { resumed = resume; };
  ran.resume(setting);
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(!resumed);
  BOOST_TEST((m.committed == expected(m)));
}

BOOST_AUTO_TEST_CASE(an_unstable_source_cannot_go_on) {
  Made m;
  m.stable = false;
  fail_half_way(m);
  RanJob ran(m, setting);
  m.on_read = nullptr;
  ran.resume(setting);
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->message.find("would not yield the same records") != std::string::npos);
  BOOST_TEST(m.commits == 2);
}

BOOST_AUTO_TEST_CASE(a_source_that_changed_cannot_go_on) {
  Made m;
  m.fingerprint = "size 7";
  fail_half_way(m);
  RanJob ran(m, setting);
  m.on_read = nullptr;
  m.fingerprint = "size 8";
  ran.resume(setting);
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->message.find("the source has changed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_commit_in_doubt_is_asked_for) {
  for (const auto answer : {SLUICE_COMMITTED_YES, SLUICE_COMMITTED_NO}) {
    Made m;
    m.splits = 3;
    fail_half_way(m);
    RanJob ran(m, setting);
    forget_last_line(ran);
    if (answer == SLUICE_COMMITTED_NO)  // and it had not happened
      for (std::int64_t i = 1000; i < 2000; ++i) m.committed.erase(i);
    m.on_read = nullptr;
    m.doubles = true;
    m.committed_answer = answer;
    ran.resume(setting);
    BOOST_TEST((ran.summary.status == RunStatus::succeeded));
    BOOST_TEST(m.committed.size() == 2998u);
    BOOST_TEST(ran.summary.counters.dirty == 2u);
    BOOST_TEST(ran.dirty_lines().size() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(a_doubt_that_could_double_records_is_the_users_to_decide) {
  Made m;
  fail_half_way(m);
  RanJob ran(m, setting);
  forget_last_line(ran);
  m.on_read = nullptr;
  m.doubles = true;
  ran.resume(setting);
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->message.find("could double records") != std::string::npos);
  BOOST_TEST(m.commits == 2);
  ran.resume(R"({"retry":{"times":0},"delivery":"at-least-once"})");
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(m.commits == 5);
}

// The answer to the commit of split 2 was lost, and the destination is away for a while.
void lose_answer(Made& m, int away) {
  m.doubles = true;
  m.on_commit = [commits = 0](std::uint32_t) mutable {
    if (++commits == 3) throw sluice::unreachable("gone").outcome_unknown();
  };
  m.on_ask = [left = away]() mutable {
    if (left-- > 0) throw sluice::unreachable("still gone").retryable();
  };
}

BOOST_AUTO_TEST_CASE(a_destination_that_comes_back_is_asked_again) {
  Made m;
  m.committed_answer = SLUICE_COMMITTED_NO;
  lose_answer(m, 2);
  const RanJob ran(m, R"({"retry":{"times":3,"interval":"1ms"}})");
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(ran.summary.retries == 1u);
  BOOST_TEST((m.committed == expected(m)));
}

BOOST_AUTO_TEST_CASE(a_destination_that_stays_away_is_asked_by_the_next_run) {
  Made m;
  m.committed_answer = SLUICE_COMMITTED_NO;
  lose_answer(m, 3);
  RanJob ran(m, R"({"retry":{"times":2,"interval":"1ms"}})");
  BOOST_TEST((ran.summary.status == RunStatus::failed_for_now));
  BOOST_TEST(ran.summary.retries == 0u);
  ran.resume(R"({"retry":{"times":2,"interval":"1ms"}})");
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST((m.committed == expected(m)));
}

BOOST_AUTO_TEST_SUITE_END()
