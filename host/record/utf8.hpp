// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::record {

// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view);

// Characters (code points) of a well-formed text.
std::int64_t count_characters(std::string_view);

}  // namespace sluice::record
