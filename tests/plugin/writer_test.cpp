// SPDX-License-Identifier: Apache-2.0
#include "plugin/writer.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "writing.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(writer)

const std::string broke = "the plugin broke a rule of its interface: ";

Result<Writer> opened(const Called& called) { return Writer::open(fault(Kind::writer), called); }

record::Schema schema() { return Source().schema.clone(); }

BOOST_AUTO_TEST_CASE(describes_what_it_wants_and_offers) {
  Called called({{"want", "i"}, {"maxTasks", 2}, {"doubles", true}, {"ddl", "CREATE TABLE sluice_commit"}});
  const WriterDescription description = opened(called).value().describe(schema()).value();
  BOOST_TEST(description.wanted.size() == 2u);
  BOOST_TEST(std::string(description.wanted.raw().children[1]->format) == "i");
  BOOST_TEST(description.offer.max_tasks == 2u);
  BOOST_TEST(!description.offer.exactly_once);
  BOOST_TEST(description.offer.doubles_on_rerun);
  BOOST_TEST(description.offer.reason == "a fixture promises nothing");
  BOOST_TEST(description.offer.ddl == "CREATE TABLE sluice_commit");
}

BOOST_AUTO_TEST_CASE(a_missing_target_is_described_after_preparation) {
  Called called({{"targetMissing", true}, {"exactlyOnce", true}});
  Writer writer = opened(called).value();
  const auto before = writer.describe(schema()).value();
  BOOST_TEST(before.offer.target_missing);
  BOOST_TEST(before.wanted.size() == 0u);
  BOOST_TEST(writer.prepare(Prepare::fresh).has_value());
  const auto after = writer.describe(schema()).value();
  BOOST_TEST(!after.offer.target_missing);
  BOOST_TEST(after.offer.exactly_once);
  BOOST_TEST(after.wanted.size() == 2u);
}

BOOST_AUTO_TEST_CASE(another_number_of_columns_is_refused) {
  Called called({{"wantFewer", 1}});
  BOOST_TEST(why(opened(called).value().describe(schema())) ==
             "writer fault, describe: " + broke + "it wants another number of columns than it was given: 1 for 2");
}

BOOST_AUTO_TEST_CASE(problems_reach_the_host) {
  Called called({{"complain", true}});
  BOOST_TEST(opened(called).value().describe(schema()).has_value());
  BOOST_TEST(called.heard.lines().front() == "warning column[0]|a problem that was asked for|do not ask");
}

BOOST_AUTO_TEST_CASE(the_job_calls_in_their_order) {
  const TemporaryDirectory directory;
  Called called({{"log", (directory / "log").string()}});
  {
    Writer writer = opened(called).value();
    BOOST_TEST(writer.prepare(Prepare::resume).has_value());
    BOOST_TEST(writer.prepare(Prepare::fresh).has_value());
    BOOST_TEST(writer.committed("s", 2, "t").has_value());
    BOOST_TEST(writer.complete().has_value());
  }
  BOOST_TEST(contents(directory / "log") ==
             "step open \nstep prepare resume\nstep prepare fresh\nstep committed s attempt 2 token t\n"
             "step complete \nstep close \n");
  BOOST_TEST(called.heard.lines().back() == "note write path=fault");
}

BOOST_DATA_TEST_CASE(failures_name_the_call,
                     (boost::unit_test::data::make({"describe", "prepare", "committed", "complete", "start"})), name) {
  Called called({{"fail", name}, {"status", 3}, {"message", "no"}, {"vendorCode", 7}}, task_identity());
  Writer writer = opened(called).value();
  const std::string call = name;
  const std::string text = call == "describe"    ? why(writer.describe(schema()))
                           : call == "prepare"   ? why(writer.prepare(Prepare::fresh))
                           : call == "committed" ? why(writer.committed("s", 1, ""))
                           : call == "complete"  ? why(writer.complete())
                                                 : why(writer.start(called));
  BOOST_TEST(text == "writer fault, " + call + ": no (error 7)");
}

BOOST_AUTO_TEST_CASE(answers_about_a_split) {
  const auto asked = [](boost::json::object parameters) {
    Called called(std::move(parameters));
    return opened(called).value().committed("split-0", 1, "");
  };
  using Outcome = CommitAnswer::Outcome;
  BOOST_TEST((asked({{"answer", 0}}).value().outcome == Outcome::no));
  BOOST_TEST((asked({{"answer", 1}}).value().outcome == Outcome::yes));
  BOOST_TEST(!asked({{"answer", 1}}).value().counters);
  BOOST_TEST((asked({{"answer", 2}}).value().outcome == Outcome::unknown));
  BOOST_TEST(why(asked({{"answer", 9}})) == "writer fault, committed: " + broke + "an answer that does not exist: 9");
}

BOOST_AUTO_TEST_CASE(success_without_a_task) {
  BOOST_TEST(why(Writing({{"noTask", true}}).task) == "writer fault, start: " + broke + "success without a task");
}

BOOST_AUTO_TEST_CASE(a_cancelled_preparation_comes_back) {
  Called called({{"hang", "prepare"}});
  Writer writer = opened(called).value();
  std::thread canceller([&] { writer.cancel(); });
  BOOST_TEST(writer.prepare(Prepare::fresh).error().cancelled());
  canceller.join();
}

BOOST_AUTO_TEST_CASE(statements) {
  Called called;
  Writer writer = opened(called).value();
  BOOST_TEST((writer.explain().value() ==
              std::vector<Statement>{{"prepare", "", "TRUNCATE nothing"}, {"complete", "", "ANALYZE nothing"}}));
  BOOST_TEST((writer.create_table(schema()).value() ==
              std::vector<Statement>{{"create table", "fault", "CREATE TABLE fault (2 columns)"}}));
  BOOST_TEST(writer.execute("CREATE TABLE t (a int)").has_value());
  BOOST_TEST(why(writer.execute("")) == "writer fault, execute: an empty statement");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
