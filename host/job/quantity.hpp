// SPDX-License-Identifier: Apache-2.0
//
// Sizes and durations as people write them: "4MiB", "64k", "1.5g"; "30", "5s", "10min", "250ms".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::job {

// In bytes. K, M, G and T are powers of 1024 whether or not an "i" or a "B" follows, as everywhere in this product.
// Nothing when it is not a size, or not a whole number of bytes.
std::optional<std::int64_t> parse_bytes(std::string_view text);

// In milliseconds; a bare number counts seconds. Units: ms, s, sec, m, min, h, d.
std::optional<std::int64_t> parse_duration(std::string_view text);

// The way back, for an option's types (a mask, as in plugin.h): "256MiB", "90s", "0.5".
std::string quantity_text(double number, std::uint32_t types);

}  // namespace sluice::job
