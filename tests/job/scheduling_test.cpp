// SPDX-License-Identifier: Apache-2.0
#include "job/scheduling.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(scheduling_test)

SchedulingValues values(const std::vector<std::string>& assignments) {
  SchedulingValues result(scheduled_at(*parse_cycle_time("2025-11-01T00:30:00")));
  for (const std::string& assignment : assignments) {
    auto declared = result.declare(assignment);
    BOOST_REQUIRE_MESSAGE(declared, declared.error());
  }
  return result;
}

OptionTable table() {
  Option where{.name = "where"};
  Option size{.name = "size", .types = SLUICE_INTEGER};
  Option password{.name = "password", .flags = SLUICE_SECRET};
  Option column{.name = "column", .types = SLUICE_ARRAY, .element_types = SLUICE_STRING | SLUICE_OBJECT};
  Option connection{.name = "connection", .types = SLUICE_OBJECT, .children = OptionTable({password, where})};
  Option types{.name = "types", .types = SLUICE_OBJECT, .flags = SLUICE_OPEN_OBJECT};
  return OptionTable({where, size, password, column, connection, types});
}

std::string problems(const std::string& text, SchedulingValues& scheduling, boost::json::object* result = nullptr) {
  return lint_of(text, table(), {.scheduling = &scheduling}, result);
}

BOOST_AUTO_TEST_CASE(replaces_inside_strings_only) {
  SchedulingValues scheduling = values({"dt=${yyyymmdd}", "n=5", "evil='\",\"x\":\"'"});
  boost::json::object result;
  BOOST_TEST(problems(R"({"where": "dt='${dt}' and m=${n}", "size": "${n}", "column": ["a", "'${dt}'", {"v": "${n}"}],
    "types": {"${n}": "${evil}"}})",
                      scheduling, &result) == "");
  BOOST_TEST(
      boost::json::serialize(result) ==
      R"({"where":"dt='20251031' and m=5","size":5,"column":["a","'20251031'",{"v":"5"}],"types":{"${n}":"\",\"x\":\""}})");
}

BOOST_AUTO_TEST_CASE(a_dollar_in_a_secret_is_a_dollar) {
  SchedulingValues scheduling = values({});
  boost::json::object result;
  BOOST_TEST(problems(R"({"password": "${env:PW}$[x]", "connection": {"password": "a${b}", "where": "${bizdate}"}})",
                      scheduling, &result) == "");
  BOOST_TEST(boost::json::serialize(result) ==
             R"({"password":"${env:PW}$[x]","connection":{"password":"a${b}","where":"20251031"}})");
}

BOOST_AUTO_TEST_CASE(built_in_names_are_always_there) {
  SchedulingValues scheduling = values({"gmtdate=mine"});
  boost::json::object result;
  BOOST_TEST(problems(R"({"where": "${bizdate} ${bdp.system.cyctime} ${gmtdate}"})", scheduling, &result) == "");
  BOOST_TEST(result.at("where").as_string() == "20251031 20251101003000 mine");
}

BOOST_AUTO_TEST_CASE(undeclared_names_have_a_place) {
  SchedulingValues scheduling = values({"business_day=1"});
  BOOST_TEST(problems("{\"where\":\n \"a\\n\\u00e4 ${dt}\"}", scheduling) ==
             "j:2:13: error: where: no scheduling parameter of that name: dt (declare it: -p dt=VALUE)\n");
  BOOST_TEST(
      problems("{\"column\": [\"x\", \"${busines_day}\"]}", scheduling) ==
      "j:1:19: error: column[1]: no scheduling parameter of that name: busines_day (did you mean \"business_day\"?)\n");
  BOOST_TEST(problems("{\"where\": \"${yyyymmdd-1}\"}", scheduling) ==
             "j:1:12: error: where: no scheduling parameter of that name: yyyymmdd-1 (give the date a name: -p "
             "dt='${yyyymmdd-1}', and write ${dt})\n");
  BOOST_TEST(
      problems("{\"where\": \"${env:HOST}\"}", scheduling) ==
      "j:1:12: error: where: no scheduling parameter of that name: env:HOST (secrets stand only in parameters that "
      "are secret)\n");
  BOOST_TEST(
      problems("{\"where\": \"${a b}\"}", scheduling) ==
      "j:1:12: error: where: no scheduling parameter of that name: a b (names are made of letters, digits, _ and "
      "dots)\n");
  BOOST_TEST(problems("{\"where\": \"$ {x} $x ${\"}", scheduling) == "");
}

BOOST_AUTO_TEST_CASE(an_empty_value_is_not_set) {
  SchedulingValues scheduling = values({"none="});
  boost::json::object result;
  BOOST_TEST(problems(R"({"where": "${none}"})", scheduling, &result) == "");
  BOOST_TEST(result.empty());
}

BOOST_AUTO_TEST_CASE(declarations) {
  SchedulingValues scheduling = values({"a=1", "a=2"});
  BOOST_TEST(scheduling.declared().size() == 1u);
  BOOST_TEST(scheduling.declared()[0].value == "2");
  BOOST_TEST(scheduling.declare("a").error() == "not of the form name=value: a (such as dt=$[yyyymmdd-1])");
  BOOST_TEST(scheduling.declare("=1").error() == "not a name, which is made of letters, digits, _ and dots: ");
  BOOST_TEST(scheduling.declare("1a=1").error() == "not a name, which is made of letters, digits, _ and dots: 1a");
  BOOST_TEST(scheduling.declare("y=$[yyyy-1]").error() ==
             "y: a shift counts days, not months or years: $[yyyy-1] ($[add_months(yyyy,-12)])");
}

BOOST_AUTO_TEST_CASE(the_block_of_the_script) {
  SchedulingValues scheduling = values({"n=8"});
  Problems problems;
  std::string script =
      script_with(quiet.substr(0, quiet.size() - 1) +
                  ", \"speed\": {\"concurrent\": \"${n}\"}},\n\"parameters\": {\"n\": \"2\", \"dt\": \"$[yyyymmdd]\",\n"
                  "\"bad\": \"$[mm-1]\", \"list\": [1], \"number\": 7}");
  auto job = parse(script, "j", {.scheduling = &scheduling}, problems);
  BOOST_REQUIRE(job);
  BOOST_TEST(job->setting.concurrent == 8u);  // the command has the last word
  scheduling.report_leftovers(job->document, problems);
  BOOST_TEST(
      problems.render("j") ==
      "j:4:26: warning: parameters.dt: declared and never used: dt (it is written ${dt})\n"
      "j:5:8: error: parameters.bad: bad: a shift counts days, not months or years: $[mm-1] ($[add_months(mm,-1)])\n"
      "j:5:27: error: parameters.list: expected a string, got an array\n"
      "j:5:32: warning: parameters.number: declared and never used: number (it is written ${number})\n");
}

BOOST_AUTO_TEST_CASE(declared_and_never_used) {
  SchedulingValues scheduling = values({"used=1", "unused=2"});
  BOOST_TEST(problems(R"({"where": "${used}"})", scheduling) == "");
  Problems problems;
  scheduling.report_leftovers(Document(), problems);
  BOOST_TEST(problems.render("j") == "-p: warning: declared and never used: unused (it is written ${unused})\n");
}

BOOST_AUTO_TEST_CASE(the_midnight_trap) {
  auto leftovers = [](const std::vector<std::string>& assignments) {
    SchedulingValues scheduling = values(assignments);
    BOOST_TEST(problems(R"({"where": "${day} ${hour}"})", scheduling) == "");
    Problems problems;
    scheduling.report_leftovers(Document(), problems);
    return problems.render("j");
  };
  BOOST_TEST(leftovers({"day=$[yyyymmdd]", "hour=$[hh24-1/24]"}) ==
             "-p: warning: around midnight the hour belongs to another day than the date beside it: hour=$[hh24-1/24], "
             "day=$[yyyymmdd] (shift the date by the same hours, such as $[yyyymmdd-1/24])\n");
  BOOST_TEST(leftovers({"day=$[yyyymmdd-1/24]", "hour=$[hh24-1/24]"}) == "");
  BOOST_TEST(leftovers({"day=$[yyyymmdd]", "hour=$[hh24]"}) == "");
  BOOST_TEST(leftovers({"day=$[yyyymmdd]", "hour=$[yyyymmddhh24-1/24]"}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
