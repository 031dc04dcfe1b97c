// SPDX-License-Identifier: Apache-2.0
//
// The date formats of scheduling parameters: yyyy yy mm dd, and for times hh24 hh mi ss (hh is hh24), with signs
// between them.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::job {

enum class DateUnit { year, short_year, month, day, hour, minute, second, text };

struct DateToken {
  DateUnit unit;
  char text;  // only with DateUnit::text
};

using DateFormat = std::vector<DateToken>;

// The error says what is wrong with the format, without repeating it.
boost::system::result<DateFormat, std::string> parse_date_format(std::string_view text);

bool has_unit(const DateFormat& format, DateUnit unit);

std::string format_date(const DateFormat& format, std::chrono::sys_seconds time);

}  // namespace sluice::job
