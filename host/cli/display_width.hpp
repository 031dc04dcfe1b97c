// SPDX-License-Identifier: Apache-2.0
//
// How wide text is on a terminal: "é" is one column, "表" and most emoji are two, an accent on its own is none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::cli {

// Columns of valid UTF-8 without control characters.
std::size_t display_width(std::string_view text);

// Its beginning, no more than `width` columns, with "…" as the last one where something was cut off.
std::string cut_to_width(std::string_view text, std::size_t width);

// Blanks behind it, or before it, up to `width` columns.
std::string padded(std::string_view text, std::size_t width, bool to_the_right = false);

}  // namespace sluice::cli
