// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::record {

// Bytes as text of RFC 4648, padded, and strictly back: nothing for a text that to_base64() would not have made.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace sluice::record
