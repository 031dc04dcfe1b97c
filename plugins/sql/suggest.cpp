// SPDX-License-Identifier: Apache-2.0
#include "sql/suggest.hpp"

#include <algorithm>

#include "sluice/suggest.hpp"

namespace sluice::sql {

std::string did_you_mean(std::string_view typed, std::span<const std::string> known) {
  const auto meant = sluice::suggest(typed, known);
  return meant ? " (did you mean \"" + *meant + "\"?)" : "";
}

std::string list_of(std::span<const std::string> names) {
  constexpr size_t shown = 12;
  std::string text;
  for (size_t i = 0; i < std::min(names.size(), shown); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > shown) text += ", and " + std::to_string(names.size() - shown) + " more";
  return text;
}

bool same_name(std::string_view a, std::string_view b) { return equal_without_case(a, b); }

}  // namespace sluice::sql
