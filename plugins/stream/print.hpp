// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/batch_view.hpp>

#include <string>
#include <string_view>

namespace sluice::stream {

// Appends a line a record. Columns are utf8 or binary; NULL prints as "null", binary as hexadecimal digits.
void append_lines(std::string& out, const Batch& batch, const Schema& schema, std::string_view delimiter);

// Writes the text to standard output as one piece, whatever other threads print. Throws SLUICE_IO.
void print(std::string_view text);

}  // namespace sluice::stream
