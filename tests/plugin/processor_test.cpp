// SPDX-License-Identifier: Apache-2.0
#include "plugin/processor.hpp"

#include <boost/test/unit_test.hpp>

#include "writing.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(processor)

const std::string broke = "the plugin broke a rule of its interface: ";

// An open and described processor with one task.
struct Processing {
  explicit Processing(boost::json::object parameters)
      : called(std::move(parameters), task_identity()),
        processor(Processor::open(fault(Kind::processor), called).value()),
        schema(processor.describe(source.schema).value()),
        task(processor.start(called, record::Validation::full)) {}

  Source source{};
  Called called;
  Processor processor;
  record::Schema schema;
  Result<ProcessTask> task;
};

BOOST_AUTO_TEST_CASE(passes_batches_on) {
  const TemporaryDirectory directory;
  {
    Processing processing({{"log", (directory / "log").string()}});
    BOOST_TEST((processing.schema == processing.source.schema));
    ProcessTask& task = processing.task.value();
    BOOST_TEST(task.process(processing.source.next(), 0).value()->rows() == 10);
    BOOST_TEST(!task.finish().value());
  }
  BOOST_TEST(contents(directory / "log").ends_with("step finish \nstep end \nstep close \n"));
}

BOOST_AUTO_TEST_CASE(holds_back_until_the_end_and_adds) {
  Processing processing({{"hold", true}, {"addBatch", true}});
  ProcessTask& task = processing.task.value();
  BOOST_TEST(!task.process(processing.source.next(), 0).value());
  BOOST_TEST(!task.process(processing.source.next(), 1).value());
  std::vector<std::int64_t> rows;
  while (auto batch = task.finish().value()) rows.push_back(batch->rows());
  BOOST_TEST(rows == (std::vector<std::int64_t>{10, 10, 5}), boost::test_tools::per_element());
  BOOST_TEST(processing.called.heard.lines() == std::vector<std::string>{"added 5"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(counts_what_it_drops_and_refuses) {
  Processing filtering({{"filterEvery", 2}});
  ProcessTask& task = filtering.task.value();
  BOOST_TEST(task.process(filtering.source.next(), 0).value().has_value());
  BOOST_TEST(!task.process(filtering.source.next(), 1).value());
  BOOST_TEST(filtering.called.heard.lines() == std::vector<std::string>{"filtered 10"},
             boost::test_tools::per_element());
  Processing refusing({{"refuse", true}});
  BOOST_TEST(!refusing.task.value().process(refusing.source.next(), 7).value());
  BOOST_TEST(refusing.called.heard.lines() ==
                 (std::vector<std::string>{"reject 7 0 -1 rule|a record that was to be refused|||", "filtered 9"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(failures_name_the_call) {
  const auto failing = [](const char* call) { return boost::json::object{{"fail", call}, {"message", "no"}}; };
  BOOST_TEST(why(Processor::open(fault(Kind::processor), Called(failing("open")))) == "processor fault, open: no");
  Called called(failing("describe"));
  Source source;
  BOOST_TEST(why(Processor::open(fault(Kind::processor), called).value().describe(source.schema)) ==
             "processor fault, describe: no");
  BOOST_TEST(why(Processing(failing("start")).task) == "processor fault, start: no");
  Processing processing(failing("process"));
  BOOST_TEST(why(processing.task.value().process(source.next(), 0)) == "processor fault, process: no");
  Processing finishing(failing("finish"));
  BOOST_TEST(why(finishing.task.value().finish()) == "processor fault, finish: no");
}

BOOST_AUTO_TEST_CASE(nonsense_is_refused) {
  BOOST_TEST(why(Processing({{"noTask", true}}).task) == "processor fault, start: " + broke + "success without a task");
  Processing broken({{"garbage", "short column"}});
  BOOST_TEST(why(broken.task.value().process(broken.source.next(), 0))
                 .starts_with("processor fault, process: " + broke + "invalid batch: "));
  Processing narrow({{"wantFewer", 1}});
  BOOST_TEST(narrow.schema.size() == 1u);
  BOOST_TEST(!narrow.task.value().process(narrow.source.next(), 0));  // two columns, after promising one
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
