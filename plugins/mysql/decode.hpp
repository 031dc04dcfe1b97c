// SPDX-License-Identifier: Apache-2.0
// Turns the text of one value into a column's value. [any-thread]
#pragma once

#include <cstdint>
#include <string_view>

#include "mysql/codec.hpp"
#include "sluice/batch_builder.hpp"
#include "sql/fault.hpp"

namespace sluice::mysql {

// Appends the value; on a fault, which no column can hold, nothing is appended. Throws SLUICE_BAD_DATA when the text
// is none that a server sends.
sql::Fault decode(const ColumnCodec& codec, std::string_view text, ColumnBuilder& out);

}  // namespace sluice::mysql
