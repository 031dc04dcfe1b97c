// SPDX-License-Identifier: Apache-2.0
#include "job/suggest.hpp"

#include <algorithm>
#include <vector>

namespace sluice::job {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t tolerance(std::string_view known) { return known.size() >= 8 ? 2 : 1; }

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > most) return most + 1;
  // Rows of the usual table: two rows back for swapped letters.
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      bool equal = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (equal ? 0 : 1)});
      bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return std::min(above[b.size()], most + 1);
}

std::optional<std::string> suggest(std::string_view typed, std::span<const std::string> known) {
  const std::string* best = nullptr;
  std::size_t best_distance = 3;
  for (const std::string& word : known) {
    std::size_t distance = edit_distance(typed, word, tolerance(word));
    if (distance > tolerance(word) || distance >= best_distance) continue;
    best = &word;
    best_distance = distance;
  }
  if (best == nullptr) return {};
  return *best;
}

std::string did_you_mean(std::string_view typed, std::span<const std::string> known) {
  std::optional<std::string> word = suggest(typed, known);
  return word ? "did you mean \"" + *word + "\"?" : std::string();
}

}  // namespace sluice::job
