// SPDX-License-Identifier: Apache-2.0
#include "sql/split_payload.hpp"

#include <charconv>

#include "sluice/error.hpp"

namespace sluice::sql {

// "3:abc" for a text, "-:" for NULL, one after the other.
std::string encode_payload(const PayloadParts& parts) {
  std::string bytes;
  for (const auto& part : parts) bytes += part ? std::to_string(part->size()) + ":" + *part : "-:";
  return bytes;
}

PayloadParts decode_payload(std::string_view bytes) {
  PayloadParts parts;
  while (!bytes.empty()) {
    const size_t colon = bytes.find(':');
    if (colon == std::string_view::npos) throw invalid("not a split of this plugin: no length");
    const std::string_view head = bytes.substr(0, colon);
    bytes.remove_prefix(colon + 1);
    if (head == "-") {
      parts.emplace_back();
      continue;
    }
    size_t size = 0;
    const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), size);
    if (error != std::errc() || end != head.data() + head.size() || size > bytes.size())
      throw invalid("not a split of this plugin: a wrong length");
    parts.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return parts;
}

}  // namespace sluice::sql
