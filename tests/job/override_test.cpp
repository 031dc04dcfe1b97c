// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "job/job.hpp"
#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(override_test)

std::string problems_with(std::vector<std::string> overrides) {
  return problems_of(script_with(quiet), {.overrides = std::move(overrides)});
}

BOOST_AUTO_TEST_CASE(sets_values_and_makes_missing_objects) {
  Problems problems;
  auto job = parse(script_with(quiet), "j",
                   {.overrides = {"setting.speed.concurrent=8", "steps[0].parameter.where=id > 5",
                                  "steps[Writer].parameter.column=[\"a\"]", "steps[\"Writer\"].parameter.n=\"5\""}},
                   problems);
  BOOST_TEST(problems.render("j") == "");
  BOOST_REQUIRE(job);
  BOOST_TEST(job->setting.concurrent == 8u);
  BOOST_TEST(boost::json::serialize(job->reader.parameter) == R"({"where":"id > 5"})");
  BOOST_TEST(boost::json::serialize(job->writer.parameter) == R"({"column":["a"],"n":"5"})");
}

BOOST_AUTO_TEST_CASE(problems_name_the_command_line) {
  BOOST_TEST(problems_with({"setting.speed.concurrent=lots"}) ==
             "--set: error: setting.speed.concurrent: expected an integer, got \"lots\"\n");
  BOOST_TEST(problems_with({"setting.speed.concurent=8"}) ==
             "--set: error: setting.speed.concurent: unknown key (did you mean \"concurrent\"?)\n");
  BOOST_TEST(problems_with({"seting.speed.concurrent=8"}) ==
             "--set: error: seting: unknown key (did you mean \"setting\"?)\n");
  BOOST_TEST(problems_with({"setting.colour=8"}) == "--set: error: setting.colour: unknown key\n");
}

BOOST_AUTO_TEST_CASE(paths_that_lead_nowhere) {
  BOOST_TEST(problems_with({"setting"}) ==
             "--set: error: not of the form path=value: setting (such as setting.speed.concurrent=8)\n");
  BOOST_TEST(problems_with({"=1"}) ==
             "--set: error: not of the form path=value: =1 (such as setting.speed.concurrent=8)\n");
  BOOST_TEST(problems_with({"a..b=1"}) ==
             "--set: error: not a path, a name is missing before a dot: a..b (such as steps[0].parameter.where)\n");
  BOOST_TEST(problems_with({"steps[2].parameter.where=x"}) ==
             "--set: error: index is too large, steps has 2 elements: 2 (indexes start at 0)\n");
  BOOST_TEST(problems_with({"steps[Raeder].parameter.where=x"}) ==
             "--set: error: no step of that name: Raeder (did you mean \"Reader\"?)\n");
  BOOST_TEST(problems_with({"steps[Source].parameter.where=x"}) ==
             "--set: error: no step of that name: Source (steps are Reader, Writer)\n");
  BOOST_TEST(problems_with({"steps[0].stepType.x=1"}) ==
             "--set: error: the path goes on where the script does not: steps[0].stepType is a plain value\n");
  BOOST_TEST(problems_with({"setting[0]=1"}) ==
             "--set: error: the path goes on where the script does not: setting is an object\n");
}

BOOST_AUTO_TEST_CASE(an_overridden_problem_is_none) {
  BOOST_TEST(problems_of(script_with("\"setting\": {\"errorLimit\": {\"record\": 0}, \"speed\": {\"concurrent\": 0}}"),
                         {.overrides = {"setting.speed.concurrent=1"}}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
