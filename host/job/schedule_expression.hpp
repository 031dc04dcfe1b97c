// SPDX-License-Identifier: Apache-2.0
//
// The value of a scheduling parameter, taken apart: "${yyyymm}01" is a date and a text. Three families:
//
//   ${yyyymmdd-1}                 the business date, shifted by the smallest unit in the format
//   $[yyyymmddhh24miss-1-3/24]    the scheduling time, shifted by days, hours (N/24), minutes (N/24/60)
//   $[add_months(yyyymm,-1)]      the scheduling time, shifted by months; a day beyond the month's end is cut
//
// and the built-in names, written $bizdate or, with their dots, ${bdp.system.bizdate}.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/date_format.hpp"

namespace sluice::job {

struct ExpressionPiece {
  enum class Kind { text, business_date, cycle_time, business_month, job_id, node_id, task_id };

  Kind kind = Kind::text;
  std::string text;         // only with Kind::text
  DateFormat format;        // only with dates and times
  std::int64_t months = 0;  // added before the shift
  std::chrono::seconds shift{0};
};

// The error says what is wrong and the way out.
boost::system::result<std::vector<ExpressionPiece>, std::string> parse_expression(std::string_view expression);

// "bizdate", "bdp.system.bizdate"; nothing for other names.
std::optional<ExpressionPiece> built_in(std::string_view name);

}  // namespace sluice::job
