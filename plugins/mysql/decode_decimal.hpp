// SPDX-License-Identifier: Apache-2.0
// Decimals as the server writes them, "-12.50", as Arrow's integers. [any-thread]
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::mysql {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

// Two's complement, least significant limb first: a decimal256 as Arrow has it.
struct Int256 {
  uint64_t limbs[4];
};

// The unscaled value: ("-12.5", 2) is -1250. False when the text is no such number, or has more digits behind the
// point than `scale`. The caller sees to it that the digits have room.
bool parse_decimal(std::string_view text, int scale, Int128& out);
bool parse_decimal(std::string_view text, int scale, Int256& out);

}  // namespace sluice::mysql
