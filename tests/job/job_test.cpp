// SPDX-License-Identifier: Apache-2.0
#include "job/job.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(job_test)

BOOST_AUTO_TEST_CASE(the_published_shape) {
  Problems problems;
  auto job = parse(R"({"type": "job", "version": "2.0", "steps": [
    {"stepType": "mysql", "parameter": {"column": ["id"], "where": ""}, "name": "Reader", "category": "reader"},
    {"stepType": "", "parameter": {"x": 1}, "name": "Processor", "category": "processor"},
    {"stepType": "sqlite", "parameter": null, "name": "Writer", "category": "writer", "copies": 1, "displayName": "x"}],
    "setting": {"executeMode": null, "speed": {"concurrent": 2, "throttle": false}, "errorLimit": {"record": "0"}},
    "extend": {"mode": "wizard"}, "transform": false,
    "order": {"hops": [{"from": "Reader", "to": "Writer"}]}})",
                   "job.json", {}, problems);
  BOOST_TEST(problems.render("j") == "");
  BOOST_REQUIRE(job);
  BOOST_TEST(job->file == "job.json");
  BOOST_TEST(job->reader.step_type == "mysql");
  BOOST_TEST(boost::json::serialize(job->reader.parameter) == R"({"column":["id"],"where":""})");
  BOOST_TEST(job->reader.parameter_path() == "steps[0].parameter");
  BOOST_TEST(job->writer.step_type == "sqlite");
  BOOST_TEST(job->writer.index == 2u);
  BOOST_TEST(job->processors.empty());
  BOOST_TEST(job->setting.concurrent == 2u);
}

BOOST_AUTO_TEST_CASE(the_least_script) {
  Problems problems;
  auto job =
      parse(R"({"steps":[{"category":"writer","stepType":"b"},{"category":"reader","stepType":"a"}],)" + quiet + "}",
            "j", {}, problems);
  BOOST_TEST(problems.render("j") == "");
  BOOST_REQUIRE(job);
  BOOST_TEST(job->reader.name == "Reader");
  BOOST_TEST(job->writer.name == "Writer");
}

BOOST_AUTO_TEST_CASE(type_and_version) {
  BOOST_TEST(problems_of(script_with(quiet + ", \"type\": \"task\"")) ==
             "j:3:51: error: type: must be \"job\", got \"task\"\n");
  BOOST_TEST(problems_of(script_with(quiet + ", \"version\": \"1.0\"")) ==
             "j:3:54: error: version: must be \"2.0\", got \"1.0\" (did you mean \"2.0\"?)\n");
  BOOST_TEST(problems_of(script_with(quiet + ", \"version\": 2.0")) == "");
}

BOOST_AUTO_TEST_CASE(scripts_of_other_shapes) {
  BOOST_TEST(
      problems_of("{\n\"job\": {\"content\": [{\"reader\": {}}]}}") ==
      "j:2:1: error: job: this is a DataX script (`sluice convert` writes it anew as a script of version 2.0)\n");
  BOOST_TEST(
      problems_of(
          "{\"type\": \"job\", \"version\": \"1.0\",\n\"configuration\": {\"reader\": {\"plugin\": \"mysql\"}}}") ==
      "j:2:1: error: configuration: this is a script of version 1.0 (`sluice convert` writes it anew as a script of "
      "version 2.0)\n");
  BOOST_TEST(problems_of("[]") == "j:1:1: error: a job script is an object, got an array (it starts with {)\n");
  BOOST_TEST(problems_of("\"job\"") == "j:1:1: error: a job script is an object, got \"job\" (it starts with {)\n");
}

BOOST_AUTO_TEST_CASE(top_level_keys) {
  BOOST_TEST(problems_of(script_with(quiet + ", \"Setting\": {}")) ==
             "j:3:43: error: Setting: unknown key (did you mean \"setting\"?)\n");
  BOOST_TEST(problems_of(script_with(quiet + ", \"colour\": {}")) == "j:3:43: warning: colour: unknown key, ignored\n");
  BOOST_TEST(problems_of(script_with(quiet + ", \"colour\": {}"), {.strict = true}) ==
             "j:3:43: error: colour: unknown key\n");
  BOOST_TEST(problems_of(script_with("\"setting\": []"))
                 .starts_with("j:3:12: error: setting: expected an object, got an array\n"));
}

BOOST_AUTO_TEST_CASE(steps) {
  BOOST_TEST(problems_of("{" + quiet + "}") == "j:1:1: error: steps: required and not set\n");
  BOOST_TEST(problems_of("{\"steps\": [], " + quiet + "}") == "j:1:11: error: steps: required and not set\n");
  BOOST_TEST(problems_of("{\"steps\": [3], " + quiet + "}") == "j:1:12: error: steps[0]: a step is an object\n");
  BOOST_TEST(problems_of("{\"steps\": [{\"category\": \"redaer\", \"stepType\": \"a\"}], " + quiet + "}") ==
             "j:1:25: error: steps[0].category: must be one of \"reader\", \"writer\", \"processor\", \"flatmap\", "
             "\"map\", got "
             "\"redaer\" (did you mean \"reader\"?)\n");
  BOOST_TEST(problems_of("{\"steps\": [{\"stepType\": \"a\"}], " + quiet + "}") ==
             "j:1:12: error: steps[0].category: required and not set\n");
  BOOST_TEST(
      problems_of("{\"steps\": [{\"category\": \"reader\"}, {\"category\": \"writer\", \"stepType\": \"b\", "
                  "\"stepTypo\": 1}], " +
                  quiet + "}") ==
      "j:1:12: error: steps[0].stepType: required and not set (the name of a plugin; `sluice plugins` lists them)\n"
      "j:1:76: error: steps[1].stepTypo: unknown key (did you mean \"stepType\"?)\n");
  BOOST_TEST(problems_of("{\"steps\": [{\"category\": \"reader\", \"stepType\": \"a\"}], " + quiet + "}") ==
             "j:1:11: error: steps: no writer among the steps (one step has the category writer)\n");
}

BOOST_AUTO_TEST_CASE(several_writers) {
  BOOST_TEST(problems_of("{\"steps\": [{\"category\": \"reader\", \"stepType\": \"a\"}, {\"category\": \"writer\", "
                         "\"stepType\": \"b\", \"name\": \"x\"},\n"
                         "{\"category\": \"writer\", \"stepType\": \"c\"}], " +
                         quiet + "}") ==
             "j:2:1: error: steps[2]: a job has one writer, this is another one (run one job for each destination)\n");
}

BOOST_AUTO_TEST_CASE(a_transform_without_a_plugin_is_not_dropped) {
  BOOST_TEST(
      problems_of("{\"steps\": [{\"category\": \"reader\", \"stepType\": \"a\"}, {\"category\": \"map\"}, "
                  "{\"category\": \"writer\", \"stepType\": \"b\"}], " +
                  quiet + "}") ==
      "j:1:53: error: steps[1].stepType: required and not set (the name of a plugin; `sluice plugins` lists them)\n");
}

BOOST_AUTO_TEST_CASE(all_problems_at_once) {
  BOOST_TEST(problems_of("{\"verison\": \"2.0\",\n \"steps\": [{\"category\": \"reader\", \"stepType\": \"a\", "
                         "\"names\": \"x\"}, {\"category\": \"writer\", \"stepType\": \"b\"}],\n"
                         " \"setting\": {\"speed\": {\"concurrent\": 0}, \"errorLimit\": {\"record\": \"many\"}},\n"
                         " \"order\": {\"hops\": [{\"from\": \"Reader\"}]}}") ==
             "j:1:2: error: verison: unknown key (did you mean \"version\"?)\n"
             "j:2:52: error: steps[0].names: unknown key (did you mean \"name\"?)\n"
             "j:3:38: error: setting.speed.concurrent: must be between 1 and 1024, got 0\n"
             "j:3:67: error: setting.errorLimit.record: expected an integer, got \"many\"\n"
             "j:4:21: error: order.hops[0].to: required and not set\n");
}

BOOST_AUTO_TEST_SUITE_END()
