// SPDX-License-Identifier: Apache-2.0
// The opaque bytes of a split: a list of strings and NULLs, the same in every process.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::sql {

using PayloadParts = std::vector<std::optional<std::string>>;

std::string encode_payload(const PayloadParts& parts);

// Throws SLUICE_INVALID when the bytes are none that encode_payload made.
PayloadParts decode_payload(std::string_view bytes);

}  // namespace sluice::sql
