// SPDX-License-Identifier: Apache-2.0
//
// Numbers for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::cli {

// "1,234,567"
std::string count_text(std::uint64_t);
// "1 record", "2 records"
std::string count_text(std::uint64_t, std::string_view singular);
// "17 B", "12.3 MiB"
std::string bytes_text(std::uint64_t);
// "7.25 MB/s", as `setting.speed.mbps` counts: MB = 2^20 bytes
std::string speed_text(double bytes_per_second);
// "5 ms", "0.42 s", "17.2 s", "3 min 05 s", "2 h 03 min"
std::string duration_text(double seconds);

}  // namespace sluice::cli
