// SPDX-License-Identifier: Apache-2.0
#include "cli/fact_lines.hpp"

#include <algorithm>

namespace sluice::cli {

constexpr std::size_t label_width = 12;

void FactLines::add(std::string_view label, std::string_view value, Style style) {
  std::string padded(label);
  padded.resize(std::max(label_width, label.size() + 1), ' ');
  text_ += paint(device_, Style::faint, padded) + paint(device_, style, value) + '\n';
}

}  // namespace sluice::cli
