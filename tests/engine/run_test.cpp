// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <future>
#include <numeric>
#include <thread>

#include "made_job.hpp"
#include "sluice/error.hpp"

using namespace sluice::engine;
namespace data = boost::unit_test::data;

namespace {

std::string lanes(unsigned count, const std::string& more = "") {
  return R"({"speed":{"concurrent":)" + std::to_string(count) + R"(},"retry":{"times":2,"interval":"1ms"})" + more +
         "}";
}

bool holds(const Counters& c) { return is_balanced(c); }

std::multiset<std::int64_t> all_but(const Made& m, const std::set<std::int64_t>& missing) {
  std::multiset<std::int64_t> values;
  for (std::uint64_t i = 0; i < m.splits * m.records; ++i)
    if (!missing.contains(static_cast<std::int64_t>(i))) values.insert(static_cast<std::int64_t>(i));
  return values;
}

// Sees the second split being read.
class ReadAhead {
 public:
  explicit ReadAhead(Made& m, std::function<void()> then = {}) {
    m.on_read = [this, then](std::uint64_t split, std::uint32_t, std::uint64_t at) {
      if (split != 1 || at != 0) return;
      read_.set_value();
      if (then) then();
    };
  }
  void wait() {
    if (!was_seen) was_seen = seen_.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
  }

  std::atomic<bool> was_seen = false;

 private:
  std::promise<void> read_;
  std::future<void> seen_ = read_.get_future();
};

}  // namespace

BOOST_AUTO_TEST_SUITE(run_test)

BOOST_DATA_TEST_CASE(every_record_arrives_once, data::make({1u, 2u, 16u}), count) {
  Made m;
  m.splits = 20;
  m.hold_until_flush = true;
  const RanJob ran(m, lanes(count));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(ran.summary.exit_code == 0);
  BOOST_TEST((m.committed == all_but(m, {})));
  BOOST_TEST(ran.summary.counters.read == 20'000u);
  BOOST_TEST(ran.summary.counters.written == 20'000u);
  BOOST_TEST(holds(ran.summary.counters));
  BOOST_TEST(ran.summary.splits_done == 20u);
  BOOST_TEST(m.prepared == 1);
  BOOST_TEST(m.completed == 1);
  BOOST_TEST(m.tasks == 0);
}

BOOST_AUTO_TEST_CASE(an_empty_source_prepares_and_completes) {
  Made m;
  m.splits = 0;
  const RanJob ran(m, lanes(4));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(m.prepared == 1);
  BOOST_TEST(m.completed == 1);
}

BOOST_AUTO_TEST_CASE(fewer_lanes_than_asked_are_explained) {
  Made m;
  m.splits = 2;
  const RanJob ran(m, lanes(4));
  BOOST_TEST(ran.summary.lanes == 2u);
  BOOST_TEST(ran.summary.lanes_reason == "the plan has 2 splits");
}

BOOST_DATA_TEST_CASE(a_writer_gets_no_more_tasks_than_it_can_run, data::make({1u, 3u}), most) {
  Made m;
  m.splits = 30;
  m.max_tasks = most;
  const RanJob ran(m, lanes(8));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(m.most_tasks <= static_cast<int>(most));
  BOOST_TEST((m.committed == all_but(m, {})));
}

// What a commit takes is not lost to reading.
BOOST_AUTO_TEST_CASE(the_next_split_is_read_while_one_is_committed) {
  Made m;
  ReadAhead ahead(m);
  m.on_commit = [&](std::uint32_t) { ahead.wait(); };
  const RanJob ran(m, lanes(1));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(ahead.was_seen);
  BOOST_TEST((m.committed == all_but(m, {})));
}

BOOST_AUTO_TEST_CASE(what_fails_while_it_is_read_ahead_stops_nothing_that_is_written) {
  Made m;
  ReadAhead ahead(m, [] { throw sluice::conflict("gone"); });
  m.on_commit = [&](std::uint32_t) { ahead.wait(); };
  const RanJob ran(m, lanes(1));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->message == "reader made, read: gone");
  BOOST_TEST(ran.summary.error->split == "number 1");
  BOOST_TEST(m.committed.size() == m.records);
}

BOOST_AUTO_TEST_CASE(what_was_read_ahead_is_not_written_after_a_failure) {
  Made m;
  ReadAhead ahead(m);
  m.on_commit = [&](std::uint32_t) {
    ahead.wait();
    throw sluice::conflict("no");
  };
  const RanJob ran(m, lanes(1));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->split == "number 0");
  BOOST_TEST(m.aborts == 0);  // a failed commit ends its task, and there was no other
  BOOST_TEST(m.committed.empty());
}

BOOST_DATA_TEST_CASE(no_more_is_read_or_written_at_once_than_there_are_lanes, data::make({1u, 2u, 3u}), count) {
  Made m;
  m.splits = 60;
  m.records = 100;
  m.on_write = [](std::uint32_t attempt) {
    if (attempt == 1) throw sluice::unreachable("gone").retryable();  // what is tried again is read again
  };
  const RanJob ran(m, lanes(count));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST((m.committed == all_but(m, {})));
  BOOST_TEST(m.most_readers <= static_cast<int>(count));
  BOOST_TEST(m.most_tasks <= static_cast<int>(count));
}

BOOST_AUTO_TEST_CASE(one_lane_writes_the_splits_in_turn) {
  Made m;
  m.splits = 200;
  m.records = 1;
  const RanJob ran(m, lanes(1));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  std::vector<std::int64_t> in_turn(m.splits);
  std::iota(in_turn.begin(), in_turn.end(), 0);
  BOOST_TEST(m.first_values == in_turn, boost::test_tools::per_element());
}

// All memory is taken by a split whose turn to be written comes only after this one.
BOOST_AUTO_TEST_CASE(what_is_read_ahead_does_not_starve_what_is_written) {
  Made m;
  m.max_tasks = 1;
  m.splits = 12;
  m.records = 200;
  m.batch = 10;
  m.text_bytes = 400'000;  // a batch of 4 MB
  m.hold_until_flush = true;
  const RanJob ran(m, lanes(4, R"(,"memory":"16MiB")"));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST((m.committed == all_but(m, {})));
}

BOOST_AUTO_TEST_CASE(dirty_records_are_kept_with_their_values) {
  Made m;
  m.unreadable = {3};
  m.refused = {1002, 2999};
  m.hold_until_flush = true;
  const RanJob ran(m, lanes(2));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(ran.summary.counters.dirty == 3u);
  BOOST_TEST(holds(ran.summary.counters));
  BOOST_TEST((m.committed == all_but(m, {3, 1002, 2999})));
  const auto lines = ran.dirty_lines();
  BOOST_REQUIRE_EQUAL(lines.size(), 3u);
  const std::string text = std::accumulate(lines.begin(), lines.end(), std::string());
  BOOST_TEST(text.find(R"("record":{"id":1002})") != std::string::npos);
  BOOST_TEST(text.find(R"("record":{"id":2999})") != std::string::npos);
  BOOST_TEST(text.find(R"("raw":"?")") != std::string::npos);
}

// A batch of a record takes a hundred times the record's bytes.
BOOST_AUTO_TEST_CASE(small_batches_are_not_held_without_end) {
  Made m;
  m.splits = 1;
  m.records = 20'000;
  m.batch = 1;
  m.hold_until_flush = true;
  const RanJob ran(m, lanes(1, R"(,"memory":"16MiB")"));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST((m.committed == all_but(m, {})));
  BOOST_TEST(m.most_held > 100u);
  BOOST_TEST(m.most_held < 8'000u);  // a quarter of the memory, 640 bytes and a value each
}

BOOST_AUTO_TEST_CASE(records_without_a_byte_are_flushed_too) {
  Made m;
  m.nulls = true;
  m.hold_until_flush = true;
  const RanJob ran(m, lanes(2));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(ran.summary.counters.written == 4000u);
  BOOST_TEST(m.committed.size() == 4000u);
}

BOOST_AUTO_TEST_CASE(skipped_records_are_counted) {
  Made m;
  m.skip_each = 10;
  const RanJob ran(m, lanes(2));
  BOOST_TEST(ran.summary.counters.skipped == 400u);
  BOOST_TEST(ran.summary.counters.written == 3600u);
  BOOST_TEST(holds(ran.summary.counters));
}

BOOST_DATA_TEST_CASE(the_error_limit_is_exact, data::make({1u, 16u}), count) {
  const auto run = [&](Made& m, int limit) {
    m.splits = 16;
    m.refused = {5, 1005, 2005, 3005, 4005, 15999};
    return RanJob(m, lanes(count, R"(,"errorLimit":{"record":)" + std::to_string(limit) + "}"));
  };
  Made passes, fails;
  BOOST_TEST((run(passes, 6).summary.status == RunStatus::succeeded));
  BOOST_TEST((passes.committed == all_but(passes, passes.refused)));
  const RanJob ran = run(fails, 5);
  BOOST_TEST((ran.summary.status == RunStatus::limit_exceeded));
  BOOST_TEST(ran.summary.exit_code == exit_code::limit_exceeded);
  BOOST_TEST(ran.summary.error->message == "more dirty records than setting.errorLimit.record allows: 5");
  BOOST_TEST(fails.completed == 0);
  BOOST_TEST(fails.committed.size() == ran.summary.counters.written);
  BOOST_TEST(ran.dirty_lines().size() == ran.summary.counters.dirty);
  BOOST_TEST(holds(ran.summary.counters));
}

BOOST_AUTO_TEST_CASE(the_error_limit_ends_a_reader_that_finds_nothing_but_dirty_records) {
  for (const int limit : {0, 5000}) {
    Made m;
    m.splits = 1;
    m.records = 100'000;
    m.all_unreadable = true;
    std::uint64_t last = 0;
    m.on_read = [&](std::uint64_t, std::uint32_t, std::uint64_t at) { last = at; };
    const RanJob ran(m, lanes(1, R"(,"errorLimit":{"record":)" + std::to_string(limit) + "}"));
    BOOST_TEST(ran.summary.exit_code == exit_code::limit_exceeded);
    BOOST_TEST(last <= static_cast<std::uint64_t>(limit) + 1000);
    BOOST_TEST(ran.summary.counters.dirty == last + 1);
    BOOST_TEST(ran.dirty_lines().size() == last + 1);
  }
}

BOOST_AUTO_TEST_CASE(zero_tolerance_commits_nothing_with_the_dirty_one) {
  Made m;
  m.splits = 1;
  m.refused = {999};
  const RanJob ran(m, lanes(1, R"(,"errorLimit":{"record":0})"));
  BOOST_TEST(ran.summary.exit_code == exit_code::limit_exceeded);
  BOOST_TEST(m.committed.empty());
  BOOST_TEST(m.aborts == 1);
}

BOOST_AUTO_TEST_CASE(the_first_failure_wins_and_the_others_stop) {
  Made m;
  m.splits = 50;
  m.on_read = [](std::uint64_t split, std::uint32_t, std::uint64_t at) {
    if (split == 7 && at == 500) throw sluice::io_error("disk gone");
  };
  const RanJob ran(m, lanes(4));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.exit_code == 1);
  BOOST_TEST(ran.summary.error->message == "reader made, read: disk gone");
  BOOST_TEST(ran.summary.error->split == "number 7");
  BOOST_TEST(m.completed == 0);
  BOOST_TEST(m.committed.size() == ran.summary.counters.written);
  BOOST_TEST(m.tasks == 0);
}

BOOST_AUTO_TEST_CASE(a_retryable_failure_is_tried_again_from_the_start) {
  Made m;
  m.refused = {2001};
  m.on_read = [](std::uint64_t split, std::uint32_t attempt, std::uint64_t at) {
    if (split == 2 && attempt < 3 && at == 500) throw sluice::unreachable("gone").retryable();
  };
  const RanJob ran(m, lanes(2));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(ran.summary.retries == 2u);
  BOOST_TEST((m.committed == all_but(m, {2001})));
  BOOST_TEST(ran.dirty_lines().size() == 1u);
  BOOST_TEST(ran.summary.counters.read == 4000u);
}

BOOST_AUTO_TEST_CASE(retries_end) {
  Made m;
  m.splits = 1;
  m.on_write = [](std::uint32_t) { throw sluice::unreachable("gone").retryable(); };
  const RanJob ran(m, lanes(1));
  BOOST_TEST((ran.summary.status == RunStatus::failed_for_now));
  BOOST_TEST(ran.summary.exit_code == exit_code::failed_for_now);
  BOOST_TEST(ran.summary.retries == 2u);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_to_a_commit_is_asked_for) {
  for (const auto answer : {SLUICE_COMMITTED_YES, SLUICE_COMMITTED_NO, SLUICE_COMMITTED_UNKNOWN}) {
    Made m;
    m.splits = 1;
    m.committed_answer = answer;
    m.on_commit = [](std::uint32_t attempt) {
      if (attempt == 1) throw sluice::unreachable("connection lost").outcome_unknown();
    };
    const RanJob ran(m, lanes(1));
    if (answer == SLUICE_COMMITTED_UNKNOWN) {
      BOOST_TEST((ran.summary.status == RunStatus::failed));
      BOOST_TEST(ran.summary.error->message.find("could not be found out") != std::string::npos);
    } else {
      BOOST_TEST((ran.summary.status == RunStatus::succeeded));
      BOOST_TEST(ran.summary.retries == (answer == SLUICE_COMMITTED_NO ? 1u : 0u));
    }
  }
}

BOOST_AUTO_TEST_CASE(sums_that_do_not_hold_fail_the_run) {
  Made m;
  m.lie = 1'000'000;
  const RanJob ran(m, lanes(1));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->message.find("records are not accounted for") != std::string::npos);
  BOOST_TEST(m.committed.empty());
}

BOOST_AUTO_TEST_CASE(a_prepare_that_fails_touches_no_record) {
  Made m;
  m.on_prepare = [](bool) { throw sluice::denied("not allowed to truncate"); };
  const RanJob ran(m, lanes(2));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.counters.read == 0u);
  BOOST_TEST(m.completed == 0);
}

BOOST_AUTO_TEST_CASE(a_complete_that_fails_fails_the_run) {
  Made m;
  m.on_complete = [] { throw sluice::conflict("locked").retryable(); };
  const RanJob ran(m, lanes(2));
  BOOST_TEST((ran.summary.status == RunStatus::failed_for_now));
  BOOST_TEST((m.committed == all_but(m, {})));
}

BOOST_AUTO_TEST_CASE(memory_stays_within_the_budget) {
  for (const bool hold : {false, true})
    for (const unsigned tasks : {0u, 1u}) {
      Made m;
      m.splits = 32;
      m.records = 8;
      m.batch = 1;
      m.text_bytes = 1 << 20;
      m.hold_until_flush = hold;
      m.max_tasks = tasks;
      const RanJob ran(m, lanes(16, R"(,"memory":"16MiB")"));
      BOOST_TEST((ran.summary.status == RunStatus::succeeded));
      BOOST_TEST((m.committed == all_but(m, {})));
      BOOST_TEST(ran.peak_budget <= (16u << 20) + (2u << 20));
    }
}

BOOST_AUTO_TEST_CASE(reservations_never_stop_a_run) {
  struct Case {
    unsigned lanes;
    std::uint64_t reader, writer;
    std::uint32_t tasks;
  };
  constexpr std::uint64_t all = 16 << 20, most = 10 << 20;
  for (const auto& [count, reader, writer, tasks] :
       {Case{1, all, 0, 0}, {1, all, all, 0}, {8, most, 0, 0}, {8, 0, most, 0}, {8, 0, most, 1}, {8, most, most, 1}})
    for (const bool hold : {false, true})
      for (const std::int64_t planned : {-1, 8 << 20}) {
        Made m;
        m.splits = 16;
        m.records = 8;
        m.batch = 1;
        m.planned_bytes = planned;
        m.text_bytes = 1 << 20;
        m.hold_until_flush = hold;
        m.max_tasks = tasks;
        m.reader_reserves = reader;
        m.writer_reserves = writer;
        const RanJob ran(m, lanes(count, R"(,"memory":"16MiB")"));
        BOOST_TEST((ran.summary.status == RunStatus::succeeded));
        BOOST_TEST((m.committed == all_but(m, {})));
      }
}

BOOST_AUTO_TEST_CASE(of_large_records_one_lane_reads_a_first_batch_before_the_others_begin) {
  Made m;
  m.splits = 16;
  m.records = 8;
  m.batch = 1;
  m.planned_bytes = 8 << 20;
  m.reader_reserves = 1 << 20;
  std::atomic<int> early{0};
  std::atomic<bool> has_read{false};
  m.on_read = [&](std::uint64_t, std::uint32_t, std::uint64_t) {
    if (has_read) return;
    ++early;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // time for the others to be wrong
    has_read = true;
  };
  const RanJob ran(m, lanes(8, R"(,"memory":"16MiB")"));
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_TEST(early == 1);
}

BOOST_AUTO_TEST_CASE(a_reservation_beyond_the_memory_is_refused_by_name) {
  Made m;
  m.reader_reserves = (16 << 20) + 1;
  const RanJob ran(m, lanes(2, R"(,"memory":"16MiB")"));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(ran.summary.error->message ==
             "reader made, read: more memory is asked for than setting.memory allows (raise it, or let the step buffer "
             "less): 16777217 bytes of 16777216");
}

BOOST_AUTO_TEST_CASE(a_writer_that_fails_frees_the_reader_that_waits_for_its_memory) {
  Made m;
  m.splits = 1;
  m.records = 3;
  m.batch = 1;
  m.text_bytes = 20 << 20;
  m.on_write = [](std::uint32_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until the reader waits
    throw sluice::io_error("disk gone");
  };
  const RanJob ran(m, lanes(1, R"(,"memory":"16MiB")"));
  BOOST_TEST((ran.summary.status == RunStatus::failed));
}

BOOST_AUTO_TEST_CASE(records_per_second_are_kept) {
  Made m;
  m.splits = 8;
  m.records = 100;
  const RanJob ran(m, R"({"speed":{"concurrent":4,"throttle":true,"recordsPerSecond":2000}})");
  BOOST_TEST(ran.summary.elapsed_seconds >= 0.3);
  BOOST_TEST(ran.summary.counters.written == 800u);
}

BOOST_AUTO_TEST_CASE(a_call_that_does_not_return_in_time_is_named) {
  Made m;
  m.splits = 1;
  m.on_write = [](std::uint32_t) { std::this_thread::sleep_for(std::chrono::milliseconds(600)); };
  const RanJob ran(m, lanes(1, R"(,"callTimeout":"100ms")"));
  BOOST_TEST((ran.summary.status == RunStatus::failed_for_now));
  BOOST_TEST(ran.summary.error->message.find("no answer within 100 ms: writer made, write, split number 0") == 0u);
  BOOST_TEST(m.committed.empty());
}

BOOST_AUTO_TEST_SUITE_END()
