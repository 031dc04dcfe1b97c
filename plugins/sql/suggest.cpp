// SPDX-License-Identifier: Apache-2.0
#include "sql/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace sluice::sql {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Insertions, deletions, replacements and swaps of neighbours.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before.swap(row);
    row.swap(next);
  }
  return row[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view typed, std::span<const std::string> known) {
  const size_t most = typed.size() >= 8 ? 2 : 1;
  const std::string* nearest = nullptr;
  size_t least = most + 1;
  for (const auto& name : known) {
    const size_t distance = edit_distance(typed, name);
    if (distance < least) nearest = &name, least = distance;
  }
  return nearest == nullptr ? "" : " (did you mean \"" + *nearest + "\"?)";
}

std::string list_of(std::span<const std::string> names) {
  constexpr size_t shown = 12;
  std::string text;
  for (size_t i = 0; i < std::min(names.size(), shown); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > shown) text += ", and " + std::to_string(names.size() - shown) + " more";
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace sluice::sql
