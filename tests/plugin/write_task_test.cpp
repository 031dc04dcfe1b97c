// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "writing.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(write_task)

BOOST_AUTO_TEST_CASE(records_arrive_with_the_commit) {
  const TemporaryDirectory directory;
  Source source(3);
  Writing writing({{"output", (directory / "out").string()}, {"reserve", 4096}});
  {
    WriteTask task = std::move(writing.task.value());
    BOOST_TEST(task.write(source.next(), 0).has_value());
    BOOST_TEST(task.write(source.next(), 1).has_value());
    BOOST_TEST(task.write(source.next(), 2).has_value());
    BOOST_TEST(task.flush().has_value());
    BOOST_TEST(task.commit_token().value() == "token-9");
    BOOST_TEST(!std::filesystem::exists(directory / "out"));
    BOOST_TEST(task.commit({.read = 9, .written = 9}).has_value());
  }
  BOOST_TEST(contents(directory / "out") ==
             "0\trecord 0\n1\trecord 1\n2\trecord 2\n3\trecord 3\n4\trecord 4\n5\trecord 5\n6\t\\N\n7\trecord 7\n"
             "8\trecord 8\n#commit split-0 1 9 9\n");
  BOOST_TEST(writing.called.heard.lines() == (std::vector<std::string>{"reserve 4096", "unreserve 4096"}),
             boost::test_tools::per_element());

  const CommitAnswer answer = writing.writer.committed("split-0", 1, "").value();
  BOOST_TEST((answer.outcome == CommitAnswer::Outcome::yes));
  BOOST_TEST((answer.counters == Counters{.read = 9, .written = 9}));
  BOOST_TEST((writing.writer.committed("split-1", 1, "").value().outcome == CommitAnswer::Outcome::no));
}

BOOST_AUTO_TEST_CASE(every_counter_reaches_the_commit) {
  const TemporaryDirectory directory;
  Writing writing({{"log", (directory / "log").string()}});
  BOOST_TEST(writing.task.value().commit({1, 2, 3, 4, 5, 6, 7}).has_value());
  BOOST_TEST(contents(directory / "log")
                 .ends_with("step commit read 1 added 2 written 3 skipped 4 filtered 5 dirty 6 bytes 7\n"));
}

BOOST_AUTO_TEST_CASE(a_task_that_was_not_committed_is_aborted_once) {
  const TemporaryDirectory directory;
  Source source;
  Writing writing({{"log", (directory / "log").string()}, {"output", (directory / "out").string()}});
  {
    WriteTask task = std::move(writing.task.value());
    BOOST_TEST(task.write(source.next(), 0).has_value());
    task.abort();
    task.abort();
  }
  BOOST_TEST(contents(directory / "log").ends_with("step start split-0 attempt 1\nstep write \nstep abort \n"));
  BOOST_TEST(!std::filesystem::exists(directory / "out"));
}

BOOST_AUTO_TEST_CASE(the_destructor_aborts) {
  const TemporaryDirectory directory;
  { Writing writing({{"log", (directory / "log").string()}}); }
  BOOST_TEST(contents(directory / "log").ends_with("step abort \nstep close \n"));
}

BOOST_AUTO_TEST_CASE(verdicts_are_heard) {
  Source source;
  Writing writing({{"rejectEvery", 5}, {"skipEvery", 3}});
  WriteTask& task = writing.task.value();
  BOOST_TEST(task.write(source.next(), 4).has_value());
  BOOST_TEST(task.flush().has_value());
  const std::string refused = "|a record that was to be refused|23505||";
  BOOST_TEST(writing.called.heard.lines() ==
                 (std::vector<std::string>{"skipped 1", "reject 4 4 1 conflict" + refused, "skipped 1", "skipped 1",
                                           "reject 4 9 1 conflict" + refused}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_failure_strikes_at_its_record) {
  Source source;
  Writing writing({{"fail", "write"}, {"failAt", 15}, {"status", 7}, {"message", "disk full"}});
  WriteTask& task = writing.task.value();
  BOOST_TEST(task.write(source.next(), 0).has_value());
  BOOST_TEST(why(task.write(source.next(), 1)) == "writer fault, write: disk full");
}

BOOST_AUTO_TEST_CASE(a_batch_that_was_not_taken_is_let_go) {
  Source source;
  Writing writing({{"leaveBatches", true}});  // the leak checker is the judge
  BOOST_TEST(writing.task.value().write(source.next(), 0).has_value());
}

BOOST_DATA_TEST_CASE(failures_name_the_call, (boost::unit_test::data::make({"flush", "commit_token"})), name) {
  Writing writing({{"fail", name}, {"message", "no"}, {"outcomeUnknown", true}});
  WriteTask& task = writing.task.value();
  const Failure failure = name == std::string("flush") ? task.flush().error() : task.commit_token().error();
  BOOST_TEST(failure.text() == "writer fault, " + std::string(name) + ": no");
  BOOST_TEST(!failure.outcome_unknown());
}

BOOST_AUTO_TEST_CASE(only_a_commit_has_an_unknown_outcome) {
  Writing writing({{"fail", "commit"}, {"status", 4}, {"message", "lost"}, {"outcomeUnknown", true}});
  const auto committed = writing.task.value().commit({});
  BOOST_TEST(why(committed) == "writer fault, commit: lost");
  BOOST_TEST(committed.error().outcome_unknown());
}

BOOST_AUTO_TEST_CASE(babble_becomes_text) {
  Writing writing({{"fail", "flush"}, {"status", 4711}, {"babble", true}});
  const Failure failure = writing.task.value().flush().error();
  BOOST_TEST(failure.code == SLUICE_INTERNAL);
  BOOST_TEST(failure.message.ends_with("(the plugin answered with unknown status 4711)"));
}

BOOST_AUTO_TEST_CASE(a_cancelled_write_comes_back) {
  Source source;
  Writing writing({{"hang", "write"}});
  WriteTask& task = writing.task.value();
  std::thread canceller([&] { task.cancel(); });
  BOOST_TEST(task.write(source.next(), 0).error().cancelled());
  canceller.join();
}

BOOST_AUTO_TEST_CASE(cancel_after_the_end_is_harmless) {
  Writing writing({});
  BOOST_TEST(writing.task.value().commit({}).has_value());
  writing.task.value().cancel();
}

BOOST_AUTO_TEST_CASE(cancel_and_end_do_not_race) {
  for (int i = 0; i < 200; ++i) {
    Writing writing({});
    WriteTask& task = writing.task.value();
    std::thread canceller([&] { task.cancel(); });
    task.abort();
    canceller.join();
  }
}

BOOST_AUTO_TEST_CASE(tasks_run_in_parallel) {
  Called called({}, task_identity());
  Writer writer = Writer::open(fault(Kind::writer), called).value();
  std::vector<std::thread> lanes;
  std::atomic<int> committed = 0;
  for (int lane = 0; lane < 4; ++lane)
    lanes.emplace_back([&] {
      Source source;
      WriteTask task = writer.start(called).value();
      for (int i = 0; i < 5; ++i) task.write(source.next(), i).value();
      task.flush().value();
      committed += task.commit({}).has_value() ? 1 : 0;
    });
  for (std::thread& lane : lanes) lane.join();
  BOOST_TEST(committed == 4);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
