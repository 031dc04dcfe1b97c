// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the nearest of a list of names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sluice::sql {

// ` (did you mean "id"?)` or nothing: one edit away, two from eight letters on, case aside.
std::string did_you_mean(std::string_view typed, std::span<const std::string> known);

// "a, b, c", cut after a dozen: "..., and 40 more".
std::string list_of(std::span<const std::string> names);

// Compares ASCII letters without case.
bool same_name(std::string_view a, std::string_view b);

}  // namespace sluice::sql
