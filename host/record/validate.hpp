// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/arrow_c_data.h>

#include <cstdint>
#include <optional>
#include <string>

#include "record/schema.hpp"

namespace sluice::record {

enum class Validation : std::uint8_t {
  quick,  // counts, lengths, pointers, alignment, first and last offset: constant time a column
  full,   // and every offset, every text UTF-8, null counts, decimals within precision, times within the day
};

// What is wrong with a batch that a plugin made, naming the column; nothing when all is well. Everything is looked at
// before it is used, so whatever pointers and counts alone can show is found without touching wild memory.
// Call it before a Batch is made of the array.
std::optional<std::string> validate(const ArrowArray&, const Schema&, Validation);

}  // namespace sluice::record
