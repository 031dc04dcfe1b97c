// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace sluice::file {

// Appends a code point as UTF-8. Any thread.
void append_utf8(std::string& out, char32_t code);

}  // namespace sluice::file
