// SPDX-License-Identifier: Apache-2.0
// Cuts a large text into ranges of whole records, by one pass over its bytes that counts quotes and lines.
#pragma once

#include <functional>
#include <vector>

#include "record.hpp"
#include "window.hpp"

namespace sluice::file {

// A range begins at `offset`, where a record begins on line `line`, and ends where the next one begins.
struct RangeStart {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
};

// The first range begins where the window does, the others with the first record at or behind each cut, an ascending
// offset. `pause` is called now and then, and may throw to end the scan.
std::vector<RangeStart> scan_ranges(const Grammar& grammar, Window window, std::vector<std::uint64_t> cuts,
                                    const std::function<void()>& pause);

}  // namespace sluice::file
