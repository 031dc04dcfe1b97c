// SPDX-License-Identifier: Apache-2.0
// Records as the rows of one INSERT.
#pragma once

#include <string_view>

#include "mysql/records.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::mysql {

// Appends "VALUES (1, 'a'), (2, DEFAULT)". Numbered: each has its number in `records` first, and NULL is NULL even
// where the column skips it.
void append_rows(const Records& records, Range range, bool numbered, Buffer& out);

}  // namespace sluice::mysql
