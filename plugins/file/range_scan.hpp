// SPDX-License-Identifier: Apache-2.0
// Cuts a large text into ranges of whole records, by one pass over its bytes that counts quotes and lines.
#pragma once

#include <cstdint>
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

// Opens a text from an offset on.
using OpenText = std::function<Window(std::uint64_t offset)>;

// The first range begins where the text does, the others with the first record at or behind each cut, an ascending
// offset. `threads` scan parts of it at the same time, which pays unless there are quotes around line feeds. `pause` is
// called now and then, by this thread, and may throw to end the scan.
std::vector<RangeStart> scan_ranges(const Grammar& grammar, const OpenText& open, std::uint64_t size,
                                    const std::vector<std::uint64_t>& cuts, std::size_t threads,
                                    const std::function<void()>& pause);

}  // namespace sluice::file
