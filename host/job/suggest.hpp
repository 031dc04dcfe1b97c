// SPDX-License-Identifier: Apache-2.0
//
// "Did you mean": one rule for keys, names and choices. A word is meant when only its case is wrong, or when it is one
// edit (a letter changed, left out, added, or two swapped) away, two when the known word has eight letters or more.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::job {

bool equal_without_case(std::string_view a, std::string_view b);

// Edits between two words, case aside; more than `most` is answered as most + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

// The known word that `typed` most likely means; nothing when none is near.
std::optional<std::string> suggest(std::string_view typed, std::span<const std::string> known);

// "did you mean \"concurrent\"?", or nothing.
std::string did_you_mean(std::string_view typed, std::span<const std::string> known);

}  // namespace sluice::job
