// SPDX-License-Identifier: Apache-2.0
// "Did you mean": one rule for keys, names, choices and columns. A word is meant when only its case is wrong, or when
// it is one edit (a letter changed, left out, added, or two swapped) away, two when the known word has eight letters or
// more. [any-thread]
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

namespace detail {
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool same_letter(char a, char b) { return lower(a) == lower(b); }
}  // namespace detail

inline bool equal_without_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), detail::same_letter);
}

// Edits between two words, case aside; more than `most` is answered as most + 1.
inline size_t edit_distance(std::string_view a, std::string_view b, size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  // Rows of the usual table: two rows back for swapped letters.
  std::vector<size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = detail::same_letter(a[i - 1], b[j - 1]) ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped =
          i > 1 && j > 1 && detail::same_letter(a[i - 1], b[j - 2]) && detail::same_letter(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return std::min(above[b.size()], most + 1);
}

// The known word that `typed` most likely means; nothing when none is near.
inline std::optional<std::string> suggest(std::string_view typed, std::span<const std::string> known) {
  std::optional<std::string> best;
  size_t best_distance = 3;
  for (const std::string& word : known) {
    const size_t tolerance = word.size() >= 8 ? 2 : 1;
    const size_t distance = edit_distance(typed, word, tolerance);
    if (distance > tolerance || distance >= best_distance) continue;
    best = word;
    best_distance = distance;
  }
  return best;
}

// `did you mean "concurrent"?`, or nothing.
inline std::string did_you_mean(std::string_view typed, std::span<const std::string> known) {
  const auto word = suggest(typed, known);
  return word ? "did you mean \"" + *word + "\"?" : std::string();
}

}  // namespace sluice
