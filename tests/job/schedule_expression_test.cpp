// SPDX-License-Identifier: Apache-2.0
#include "job/schedule_expression.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "job/schedule_time.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(schedule_expression_test)

const std::string tokens =
    "not a date format, which is made of yyyy yy mm dd hh24 hh mi ss and signs, in small letters, before a shift such "
    "as -1: ";

// expression, error
const std::pair<std::string, std::string> wrong[] = {
    {"${yyyymmddhh24}", "a business date has no hours: ${yyyymmddhh24} (the scheduling time is written $[...])"},
    {"${yyyymmdd-1/24}", "a business date has no hours: ${yyyymmdd-1/24} (the scheduling time is written $[...])"},
    {"${yyyymmdd-1x}", "not a shift of a business date: ${yyyymmdd-1x} (such as ${yyyymmdd-1} or ${yyyymmdd-7*2})"},
    {"${yyyymmdd-1-1}", "not a shift of a business date: ${yyyymmdd-1-1} (such as ${yyyymmdd-1} or ${yyyymmdd-7*2})"},
    {"${yyyyMMdd}", tokens + "${yyyyMMdd}"},
    {"${foo}", "neither a date format nor a built-in name: ${foo} (such as ${yyyymmdd-1} or ${bdp.system.bizdate})"},
    {"${}", "neither a date format nor a built-in name: ${} (such as ${yyyymmdd-1} or ${bdp.system.bizdate})"},
    {"$[yyyy-1]", "a shift counts days, not months or years: $[yyyy-1] ($[add_months(yyyy,-12)])"},
    {"$[mm-1]", "a shift counts days, not months or years: $[mm-1] ($[add_months(mm,-1)])"},
    {"$[mm+2]", "a shift counts days, not months or years: $[mm+2] ($[add_months(mm,2)])"},
    {"$[yyyymmdd-1/12]",
     "not a shift of a scheduling time: $[yyyymmdd-1/12] (days are -N, hours -N/24, minutes -N/24/60)"},
    {"$[yyyymmdd-1/24/61]",
     "not a shift of a scheduling time: $[yyyymmdd-1/24/61] (days are -N, hours -N/24, minutes -N/24/60)"},
    {"$[yyyymmdd-9999999]",
     "not a shift of a scheduling time: $[yyyymmdd-9999999] (days are -N, hours -N/24, minutes -N/24/60)"},
    {"$[add_months(yyyymmdd)]",
     "add_months needs a format and a number of months: $[add_months(yyyymmdd)] (such as $[add_months(yyyymmdd,-1)])"},
    {"$[add_months(yyyymmdd,x)]",
     "not a number of months: $[add_months(yyyymmdd,x)] (such as $[add_months(yyyymmdd,-1)])"},
    {"$[]", "no date format, such as yyyymmdd: $[]"},
    {"$[--]", "no date format, such as yyyymmdd: $[--]"},
    {"$[yyyymmdd-x]", tokens + "$[yyyymmdd-x]"},
    {"${yyyymmdd", "a bracket is not closed: ${yyyymmdd (such as $[yyyymmdd-1])"},
    {"a$[yyyy", "a bracket is not closed: $[yyyy (such as $[yyyymmdd-1])"},
    {"$bizdat", "no built-in name: $bizdat (did you mean \"$bizdate\"?)"},
    {"a b", "a value holds no space and no =: a b (put them around ${...} in the script)"},
    {"a=b", "a value holds no space and no =: a=b (put them around ${...} in the script)"},
};

BOOST_AUTO_TEST_CASE(errors_point_to_the_way_out) {
  for (const auto& [expression, error] : wrong) {
    auto result = parse_expression(expression);
    BOOST_REQUIRE_MESSAGE(!result, expression);
    BOOST_TEST(result.error() == error);
  }
}

BOOST_AUTO_TEST_CASE(shifts_that_leave_the_calendar) {
  ScheduleTime time = scheduled_at(*parse_cycle_time("2025-11-01"));
  for (const char* expression :
       {"${yyyy-3000}", "$[yyyymmdd+999999*999999]", "$[add_months(yyyymm,999999*999999)]", "${mm-999999*999999}"}) {
    BOOST_TEST(evaluate(expression, time).error() ==
               "the shift leads out of the years 1 to 9999: " + std::string(expression));
  }
}

BOOST_AUTO_TEST_CASE(random_expressions_never_do_harm) {
  std::uint32_t seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  static constexpr std::string_view parts[] = {"$",      "{",           "}", "[", "]",       "yyyy", "mm",  "dd",
                                               "hh24",   "mi",          "-", "+", "1",       "/24",  "/60", "*",
                                               "999999", "add_months(", ",", ")", "bizdate", "'",    ".",   "x"};
  ScheduleTime time = scheduled_at(*parse_cycle_time("2025-11-01"));
  for (int i = 0; i < 20000; ++i) {
    std::string text = i % 2 == 0 ? "$[" : "${";
    for (unsigned n = random() % 10; n > 0; --n) text += parts[random() % std::size(parts)];
    if (i % 3 != 0) text += i % 2 == 0 ? "]" : "}";
    auto value = evaluate(text, time);
    BOOST_REQUIRE_MESSAGE(value || !value.error().empty(), "seed " << seed << ": " << text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
