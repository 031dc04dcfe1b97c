// SPDX-License-Identifier: Apache-2.0
// Dates and times, counted from 2000-01-01 as the server does, in ISO text; years before 1 with " BC".
#pragma once

#include <cstdint>
#include <string>

namespace sluice::postgresql {

std::string date_text(int32_t days);
std::string time_text(int64_t microseconds);
// With "+00" when it is an instant.
std::string timestamp_text(int64_t microseconds, bool is_instant);

}  // namespace sluice::postgresql
