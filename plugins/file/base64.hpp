// SPDX-License-Identifier: Apache-2.0
// Base64 with padding, as bytes travel through text. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sluice::file {

constexpr std::size_t base64_size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }
// Writes base64_size(bytes.size()) characters.
void encode_base64(std::string_view bytes, char* out);

// Writes at most text.size() / 4 * 3 bytes and answers how many; nothing when the text is not base64.
std::optional<std::size_t> decode_base64(std::string_view text, char* out);

}  // namespace sluice::file
