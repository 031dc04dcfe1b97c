// SPDX-License-Identifier: Apache-2.0
//
// Bounds of numbers in quotes ("8", "4MiB") as regular expressions of a JSON Schema. They stand beside the pattern of what
// such a number looks like at all, refuse none that is within its bounds, and leave alone what digits do not show: numbers
// with an exponent, and bounds that are no whole numbers or below 0.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::job {

struct Bounds {
  std::optional<double> low, high;
};

// A unit as a pattern, and what it stands for: "[kK]" and 1024.
struct UnitPattern {
  std::string_view name;
  double factor;
};

// The patterns have to match, all of them; none where nothing can be said.
std::vector<std::string> number_bounds(const Bounds&);
std::vector<std::string> quantity_bounds(const Bounds&, std::span<const UnitPattern> units);

}  // namespace sluice::job
