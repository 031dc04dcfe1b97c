// SPDX-License-Identifier: Apache-2.0
// Texts between us (UTF-8) and drivers (UTF-16). [any-thread]
#pragma once

#include <sql.h>
#include <sqltypes.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::odbc {

static_assert(sizeof(SQLWCHAR) == 2, "the driver manager was built for other wide characters");

// The most bytes that `units` UTF-16 units become, and the most units that `bytes` of UTF-8 become.
constexpr size_t most_utf8(size_t units) { return units * 3; }
constexpr size_t most_utf16(size_t bytes) { return bytes; }
// The bytes that write_utf8 needs for this text.
size_t utf8_size(const SQLWCHAR* text, size_t units);

// Writes the text as UTF-8 and answers the bytes; -1 when a surrogate stands alone. `out` has room for
// utf8_size(text, units).
std::ptrdiff_t write_utf8(const SQLWCHAR* text, size_t units, char* out);

// Writes valid UTF-8 as UTF-16 and answers the units. `out` has room for most_utf16(text.size()).
size_t write_utf16(std::string_view text, SQLWCHAR* out);

// For names, statements and messages; a lone surrogate becomes U+FFFD. wide() ends with a 0, which does not count.
std::string narrow_text(const SQLWCHAR* text, size_t units);
std::vector<SQLWCHAR> wide(std::string_view text);

}  // namespace sluice::odbc
