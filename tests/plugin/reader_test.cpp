// SPDX-License-Identifier: Apache-2.0
#include "plugin/reader.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "called.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(reader)

const std::string broke = "the plugin broke a rule of its interface: ";

Result<Reader> opened(const Called& called) { return Reader::open(fault(Kind::reader), called); }

template <class T>
std::string said_of(const Result<T>& result) {
  return result ? "" : result.error().text();
}

// Opens, plans and begins to read the first split.
struct Reading {
  explicit Reading(boost::json::object parameters, record::Validation validation = record::Validation::quick)
      : called(std::move(parameters)),
        reader(opened(called).value()),
        splits(reader.plan({}).value()),
        task(reader.read(called, splits.at(0), validation)) {}

  Called called;
  Reader reader;
  std::vector<Split> splits;
  Result<ReadTask> task;
};

BOOST_AUTO_TEST_CASE(reads_every_record_of_every_split) {
  Called called({{"records", 25}, {"splits", 3}, {"batch", 10}});
  Reader reader = opened(called).value();
  const record::Schema schema = reader.describe().value();
  BOOST_TEST(schema.size() == 2u);
  BOOST_TEST(schema.field(0).name == "id");
  const auto splits = reader.plan({}).value();
  BOOST_REQUIRE(splits.size() == 3u);
  BOOST_TEST(splits[1].key == "split-1");
  BOOST_TEST(splits[1].label == "id 25..49");
  BOOST_TEST(splits[1].stable);
  BOOST_TEST(splits[1].records == 25);
  std::vector<std::int64_t> lengths;
  for (const Split& split : splits) {
    ReadTask task = reader.read(called, split, record::Validation::full).value();
    BOOST_TEST((task.schema() == schema));
    while (auto batch = task.next().value()) lengths.push_back(batch->rows());
    BOOST_TEST(!task.next().value());
  }
  BOOST_TEST(lengths == (std::vector<std::int64_t>{10, 10, 5, 10, 10, 5, 10, 10, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_wish_reaches_the_plugin) {
  const TemporaryDirectory directory;
  Called called({{"log", (directory / "log").string()}});
  {
    Reader reader = opened(called).value();
    BOOST_TEST(
        reader.plan({.lanes = 3, .target_records = 10, .target_bytes = 20, .same_process = true, .consistent = true})
            .has_value());
  }
  BOOST_TEST(contents(directory / "log") == "step open \nstep plan flags 3 lanes 3 records 10 bytes 20\nstep close \n");
  BOOST_TEST(called.heard.lines().back() == "note consistent=yes");
}

BOOST_AUTO_TEST_CASE(failures_name_plugin_and_call) {
  const auto failing = [](const char* call) {
    return boost::json::object{{"fail", call}, {"status", 4}, {"message", "gone"}, {"retryable", true}};
  };
  BOOST_TEST(said_of(opened(Called(failing("open")))) == "reader fault, open: gone");
  Called called(failing("describe"));
  Reader reader = opened(called).value();
  const auto described = reader.describe();
  BOOST_TEST(said_of(described) == "reader fault, describe: gone");
  BOOST_TEST(described.error().code == SLUICE_UNREACHABLE);
  BOOST_TEST(described.error().retryable());
  Called planning(failing("plan"));
  BOOST_TEST(said_of(opened(planning).value().plan({})) == "reader fault, plan: gone");
  BOOST_TEST(said_of(Reading(failing("read")).task) == "reader fault, read: gone");
}

BOOST_AUTO_TEST_CASE(a_failure_while_reading_keeps_its_nature_and_ends_the_task) {
  Reading reading({{"batch", 10},
                   {"fail", "next"},
                   {"failAt", 25},
                   {"status", 6},
                   {"message", "bad page"},
                   {"sqlstate", "XX001"},
                   {"retryable", true},
                   {"outcomeUnknown", true}});
  ReadTask& task = reading.task.value();
  BOOST_TEST(task.next().value()->rows() == 10);
  BOOST_TEST(task.next().value()->rows() == 10);
  const auto failed = task.next();
  BOOST_TEST(said_of(failed) == "reader fault, read: bad page (SQLSTATE XX001)");
  BOOST_TEST(failed.error().code == SLUICE_BAD_DATA);
  BOOST_TEST(failed.error().flags == SLUICE_RETRYABLE);  // only a commit's outcome can be unknown
  BOOST_TEST(said_of(task.next()) == said_of(failed));
}

BOOST_AUTO_TEST_CASE(a_failure_without_words) {
  Reading reading({{"fail", "next"}, {"silent", true}});
  BOOST_TEST(said_of(reading.task.value().next()) ==
             "reader fault, read: internal error, and the plugin gave no message (it answered 5)");
}

BOOST_AUTO_TEST_CASE(successes_that_are_none) {
  BOOST_TEST(said_of(opened(Called({{"noInstance", true}}))) ==
             "reader fault, open: " + broke + "success without an instance");
  Called called({{"noSchema", true}});
  BOOST_TEST(said_of(opened(called).value().describe()) == "reader fault, describe: " + broke + "success without a schema");
  BOOST_TEST(said_of(Reading({{"noStream", true}}).task) == "reader fault, read: " + broke + "success without a stream");
}

BOOST_AUTO_TEST_CASE(schemas_that_cannot_be) {
  Called called({{"nonsenseSchema", true}});
  BOOST_TEST(
      said_of(opened(called).value().describe()).starts_with("reader fault, describe: " + broke + "invalid schema: "));
  Called other({{"otherSchema", true}});
  Reader reader = opened(other).value();
  const auto splits = reader.plan({}).value();
  BOOST_TEST(reader.read(other, splits[0]).has_value());  // described by nobody
  BOOST_TEST(reader.describe().has_value());
  BOOST_TEST(said_of(reader.read(other, splits[0])) ==
             "reader fault, read: " + broke + "the split's columns are not those that describe named");
}

BOOST_DATA_TEST_CASE(plans_that_cannot_be,
                     (boost::unit_test::data::make({"twins", "no key", "huge payload", "nothing"})), kind) {
  Called called({{"plan", kind}, {"splits", 2}});
  BOOST_TEST(said_of(opened(called).value().plan({})).starts_with("reader fault, plan: " + broke));
}

BOOST_DATA_TEST_CASE(batches_that_cannot_be,
                     (boost::unit_test::data::make({"short column", "negative length", "huge length", "offset",
                                                    "no values", "no offsets", "crooked values", "buffer count",
                                                    "null count", "nulls without bitmap", "dictionary",
                                                    "descending offsets", "released column", "missing column"})),
                     kind) {
  Reading reading({{"garbage", kind}, {"batch", 10}});
  BOOST_TEST(said_of(reading.task.value().next()).starts_with("reader fault, read: " + broke + "invalid batch: "));
}

BOOST_AUTO_TEST_CASE(bytes_are_looked_at_when_asked) {
  Reading quick({{"garbage", "not UTF-8"}});
  BOOST_TEST(quick.task.value().next().has_value());
  Reading full({{"garbage", "not UTF-8"}}, record::Validation::full);
  BOOST_TEST(!full.task.value().next());
}

BOOST_AUTO_TEST_CASE(refused_text_is_heard) {
  Reading reading({{"rejectText", true}});
  BOOST_TEST(reading.task.value().next().has_value());
  BOOST_TEST(reading.called.heard.lines().front() ==
             "reject -1 -1 0 parse|is not a number: \"abc\"|22P02|abc,\xFF|fault.csv:17");
}

BOOST_AUTO_TEST_CASE(a_cancelled_read_comes_back) {
  Reading reading({{"hang", "next"}});
  ReadTask& task = reading.task.value();
  std::thread canceller([&] { task.cancel(); });
  const auto answer = task.next();
  canceller.join();
  BOOST_TEST(answer.error().cancelled());
}

BOOST_AUTO_TEST_CASE(a_cancelled_plan_comes_back) {
  Called called({{"hang", "plan"}});
  Reader reader = opened(called).value();
  std::thread canceller([&] { reader.cancel(); });
  BOOST_TEST(reader.plan({}).error().cancelled());
  canceller.join();
}

BOOST_AUTO_TEST_CASE(explains_a_split) {
  Reading reading({});
  const auto statements = reading.reader.explain(reading.splits[0]).value();
  BOOST_TEST((statements == std::vector<Statement>{{"read", "split-0", "id 0..99"}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
