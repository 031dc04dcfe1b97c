// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::cli {

using Row = std::vector<std::string>;

// Columns side by side, two blanks between, the last one wrapped at words so that lines fit into `width` (0: they may
// be as long as they like). The first row is the heading. Indented by two.
std::string table_text(const std::vector<Row>& rows, std::size_t width = 0);

// A table in GitHub's Markdown.
std::string table_markdown(const std::vector<Row>& rows);

// Lines of no more than `width` bytes, broken at blanks; a word that is longer has a line of its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace sluice::cli
