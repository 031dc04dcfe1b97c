// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/console.hpp"

namespace sluice::cli {

// Facts for people, one a line: a faint label, padded, and its value.
class FactLines {
 public:
  explicit FactLines(const Device& device) : device_(device) {}

  void add(std::string_view label, std::string_view value, Style style = Style::plain);
  std::string take() { return std::move(text_); }

 private:
  const Device& device_;
  std::string text_;
};

}  // namespace sluice::cli
