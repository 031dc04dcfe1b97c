// SPDX-License-Identifier: Apache-2.0
#include "job/schedule_time.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <vector>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(schedule_time_test)

ScheduleTime at(const std::string& time) {
  auto parsed = parse_cycle_time(time);
  BOOST_REQUIRE_MESSAGE(parsed, parsed.error());
  return scheduled_at(*parsed);
}

std::string value(const std::string& expression, const std::string& time = "2025-11-01T02:30:45") {
  auto result = evaluate(expression, at(time));
  return result ? *result : "error: " + result.error();
}

BOOST_AUTO_TEST_CASE(published_examples) {
  std::ifstream file(SLUICE_SCHEDULING_VECTORS);
  std::string line;
  std::getline(file, line);
  int count = 0;
  for (; std::getline(file, line); ++count) {
    std::istringstream fields(line);
    std::string time, business_date, expression, expected;
    std::getline(fields, time, '\t');
    std::getline(fields, business_date, '\t');
    std::getline(fields, expression, '\t');
    std::getline(fields, expected, '\t');
    ScheduleTime schedule = at(time);
    BOOST_TEST((schedule.business_date == *parse_business_date(business_date)));
    BOOST_TEST(value(expression, time) == expected, line);
  }
  BOOST_TEST(count == 25);
}

BOOST_AUTO_TEST_CASE(business_dates_shift_by_the_smallest_unit) {
  BOOST_TEST(value("${yyyymmdd-1}") == "20251030");
  BOOST_TEST(value("${yyyymmdd+1}") == "20251101");
  BOOST_TEST(value("${yyyy-mm-dd-31}") == "2025-09-30");
  BOOST_TEST(value("${yyyymmdd-7*2}") == "20251017");
  BOOST_TEST(value("${yyyymm-1}") == "202509");
  BOOST_TEST(value("${mm+3}") == "01");
  BOOST_TEST(value("${yyyymm-10}") == "202412");
  BOOST_TEST(value("${yyyy-1}") == "2024");
  BOOST_TEST(value("${yy-30}") == "95");
  BOOST_TEST(value("${yyyy-1}", "2024-03-01T00:00:00") == "2023");  // from the 29th of February
}

BOOST_AUTO_TEST_CASE(scheduling_times_shift_by_days_hours_and_minutes) {
  BOOST_TEST(value("$[yyyymmdd-1]") == "20251031");
  BOOST_TEST(value("$[yyyymm-1]") == "202510");
  BOOST_TEST(value("$[yyyymmddhh24miss-3/24]") == "20251031233045");
  BOOST_TEST(value("$[hh24-1/24]") == "01");
  BOOST_TEST(value("$[yyyymmdd-1-3/24]") == "20251030");
  BOOST_TEST(value("$[hh24:mi:ss-15/24/60]") == "02:15:45");
  BOOST_TEST(value("$[yyyymmddhh24mi+1+1/24+30/24/60]") == "202511020400");
  BOOST_TEST(value("$[yyyymmdd+7*2]") == "20251115");
  BOOST_TEST(value("$[yyyy-1/24]", "2025-01-01T00:30:00") == "2024");
}

BOOST_AUTO_TEST_CASE(months_are_cut_to_their_end) {
  BOOST_TEST(value("$[add_months(yyyymmdd,1)]", "2024-01-31T00:00:00") == "20240229");
  BOOST_TEST(value("$[add_months(yyyymmdd,-12*1)]", "2024-02-29T00:00:00") == "20230228");
  BOOST_TEST(value("$[add_months(yyyymm,-1)]") == "202510");
  BOOST_TEST(value("$[add_months(yyyymmddhh24,-1)-3/24]") == "2025093023");
  BOOST_TEST(value("$[add_months(yyyy-mm-dd,+2)-1]") == "2025-12-31");
}

BOOST_AUTO_TEST_CASE(built_in_names) {
  BOOST_TEST(value("${bdp.system.bizdate}") == "20251031");
  BOOST_TEST(value("${bdp.system.cyctime}") == "20251101023045");
  BOOST_TEST(value("$bizmonth") == "202510");  // October: not the month that runs
  BOOST_TEST(value("$bizmonth", "2025-11-15T00:00:00") == "202510");
  BOOST_TEST(value("$bizmonth", "2025-01-15T00:00:00") == "202412");
  ScheduleTime time = at("2025-11-01");
  time.job_id = "j1";
  time.node_id = "n2";
  time.task_id = "t3";
  BOOST_TEST(*evaluate("$jobid/$nodeid/$taskid", time) == "j1/n2/t3");
}

BOOST_AUTO_TEST_CASE(texts) {
  BOOST_TEST(value("'abc'") == "abc");
  BOOST_TEST(value("'$[yyyy]'") == "$[yyyy]");
  BOOST_TEST(value("plain") == "plain");
  BOOST_TEST(value("") == "");
  BOOST_TEST(value("a$1$") == "a$1$");
  BOOST_TEST(value("dt_${yyyymm}01_$[hh24]") == "dt_20251001_02");
  BOOST_TEST(value("$bizdate.csv") == "error: no built-in name: $bizdate.csv (a text is written in quotes: 'abc')");
  BOOST_TEST(value("${bizdate}.csv") == "20251031.csv");
}

BOOST_AUTO_TEST_CASE(backfill) {
  ScheduleTime time = scheduled_for(*parse_business_date("20251031"), std::chrono::hours(3));
  BOOST_TEST(*evaluate("$bizdate/$cyctime/$gmtdate", time) == "20251031/20251101030000/20251101");
}

BOOST_AUTO_TEST_CASE(times_on_the_command_line) {
  BOOST_TEST(value("$cyctime", "20251101023045") == "20251101023045");
  BOOST_TEST(value("$cyctime", "2025-11-01 02:30") == "20251101023000");
  BOOST_TEST(value("$cyctime", "2025-11-01") == "20251101000000");
  for (const char* wrong : {"", "2025", "2025-13-01", "2025-02-29", "2025-11-01T24:00:00", "2025-11-01T02:60",
                            "0000-01-01", "yesterday", "2025/11/01", "2025-11-01T02:30:45Z"}) {
    BOOST_TEST(parse_cycle_time(wrong).error() ==
               "not a time: " + std::string(wrong) + " (such as 2025-11-01T02:30:45 or 20251101023045)");
  }
  BOOST_TEST(parse_business_date("20250230").error() == "not a date: 20250230 (such as 20251031 or 2025-10-31)");
}

BOOST_AUTO_TEST_SUITE_END()
