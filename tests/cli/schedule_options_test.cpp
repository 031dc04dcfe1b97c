// SPDX-License-Identifier: Apache-2.0
#include "cli/schedule_options.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;

namespace {

struct Parsed {
  cli::ScheduleOptions options;
  job::Problems problems;

  explicit Parsed(std::vector<std::string> words) {
    cli::Arguments arguments({.command = "x"});
    options.add_to(arguments);
    cli::Console console{{}, {}};
    BOOST_REQUIRE(!arguments.parse(words, console));
  }
  job::SchedulingValues values(const job::FirstValues* first = nullptr) {
    BOOST_REQUIRE(options.problem() == "");
    return options.values("jobs/orders.json", "r1", {first, {}}, problems);
  }
  std::string times() { return *evaluate("$[yyyy-mm-dd]T$[hh24:mi:ss]/${yyyymmdd}", values().time()); }
  std::string value_of(const std::string& expression) { return *evaluate(expression, values().time()); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule_options_test)

BOOST_AUTO_TEST_CASE(the_planned_time_and_the_business_date) {
  BOOST_TEST(Parsed({"--cyctime", "2025-11-01T02:30:45"}).times() == "2025-11-01T02:30:45/20251031");
  BOOST_TEST(Parsed({"--bizdate", "20251031"}).times() == "2025-11-01T00:00:00/20251031");
  BOOST_TEST(Parsed({"--bizdate", "20251031", "--cyctime", "02:30"}).times() == "2025-11-01T02:30:00/20251031");
  BOOST_TEST(Parsed({"--bizdate", "20251031", "--cyctime", "2025-11-01 07:00"}).times() ==
             "2025-11-01T07:00:00/20251031");
  BOOST_TEST(Parsed({"--cyctime", "02:30:45"}).value_of("$[hh24miss]") == "023045");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_them) {
  BOOST_TEST(Parsed({"--bizdate", "20251031", "--cyctime", "2025-11-02"})
                 .options.problem()
                 .starts_with("--bizdate and --cyctime contradict each other"));
  BOOST_TEST(Parsed({"--bizdate", "2025131"}).options.problem() ==
             "--bizdate: not a date: 2025131 (such as 20251031 or 2025-10-31)");
  BOOST_TEST(Parsed({"--cyctime", "25:00"}).options.problem() == "--cyctime: not a time of day: 25:00 (such as 02:30)");
  BOOST_TEST(Parsed({"--cyctime", "yesterday"}).options.problem().starts_with("--cyctime: not a time: yesterday"));
  BOOST_TEST(Parsed({"--timezone", "Europe/Berln"}).options.problem().starts_with("--timezone: "));
  Parsed wrong({"-p", "dt", "-p", "x=$[mm-1]"});
  wrong.values();
  BOOST_TEST(wrong.problems.errors() == 2u);
}

BOOST_AUTO_TEST_CASE(zones_differ_by_their_hours) {
  const auto east = Parsed({"--timezone", "Etc/GMT-14"}).values().time();
  const auto west = Parsed({"--timezone", "Etc/GMT+12"}).values().time();
  const auto apart = east.cycle_time - west.cycle_time;
  BOOST_TEST((apart > std::chrono::hours(26) - std::chrono::minutes(1)));
  BOOST_TEST((apart <= std::chrono::hours(26)));
}

BOOST_AUTO_TEST_CASE(a_run_has_names_for_itself) {
  BOOST_TEST(Parsed({}).value_of("$jobid,$nodeid,$taskid") == "orders,orders,r1");
}

BOOST_AUTO_TEST_CASE(a_run_that_goes_on_has_its_first_values_but_for_what_is_said) {
  job::FirstValues first{job::scheduled_at(*job::parse_cycle_time("2025-11-01T02:30")),
                         {{"a", "$[hh24]", "02"}, {"b", "1", "1"}}};
  const auto values = Parsed({"-p", "b=2"}).values(&first);
  BOOST_TEST(*evaluate("$cyctime", values.time()) == "20251101023000");
  BOOST_REQUIRE(values.declared().size() == 2u);
  BOOST_TEST(values.declared()[0].value == "02");
  BOOST_TEST(values.declared()[1].value == "2");
  BOOST_TEST(*evaluate("$cyctime", Parsed({"--cyctime", "2025-12-01"}).values(&first).time()) == "20251201000000");
}

BOOST_AUTO_TEST_SUITE_END()
