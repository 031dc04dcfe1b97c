// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "record/schema.hpp"

namespace sluice::engine {

// Texts that a store may give back in other words than it got them, because it keeps the value and not the text:
// columns whose sluice.type is json, uuid or decimal.
bool has_spellings(const record::Field&);

// One text for all spellings of a value: objects with their keys in order and without blanks, uuids in small letters,
// decimals without exponent and needless zeros. A text that is no such value stays as it is.
std::string one_spelling(std::string_view type, std::string_view text);

}  // namespace sluice::engine
