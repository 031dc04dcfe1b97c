// SPDX-License-Identifier: Apache-2.0
//
// When a run was planned, in wall-clock time, and what an expression makes of that.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <string>
#include <string_view>

namespace sluice::job {

struct ScheduleTime {
  std::chrono::sys_seconds cycle_time;  // the planned run time as the clock on the wall shows it
  std::chrono::sys_days business_date;  // the day before the scheduled day
  std::string job_id;                   // $jobid
  std::string node_id;                  // $nodeid
  std::string task_id;                  // $taskid
};

// The business date is the day before.
ScheduleTime scheduled_at(std::chrono::sys_seconds cycle_time);
// Backfill: the scheduled day is the day after, at the job's own time of day.
ScheduleTime scheduled_for(std::chrono::sys_days business_date, std::chrono::seconds time_of_day);

// "2025-11-01T02:30:45", "2025-11-01 02:30", "20251101023045", "2025-11-01" (midnight).
boost::system::result<std::chrono::sys_seconds, std::string> parse_cycle_time(std::string_view text);
// "20251031", "2025-10-31".
boost::system::result<std::chrono::sys_days, std::string> parse_business_date(std::string_view text);

// The value of an expression: "${yyyymmdd-1}", "$[hh24]", "$bizdate", "'abc'", "${yyyymm}01", "plain". The error says
// what is wrong with it and the way out.
boost::system::result<std::string, std::string> evaluate(std::string_view expression, const ScheduleTime& time);

}  // namespace sluice::job
