// SPDX-License-Identifier: Apache-2.0
// Values in COPY BINARY as people read them; for messages.
#pragma once

#include <string>
#include <string_view>

#include "postgresql/codec.hpp"

namespace sluice::postgresql {

// "2024-01-31" comes out as days: this is for finding a record, not for copying it.
std::string value_text(const ColumnCodec& column, std::string_view bytes);

}  // namespace sluice::postgresql
