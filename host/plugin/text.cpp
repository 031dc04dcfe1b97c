// SPDX-License-Identifier: Apache-2.0
#include "plugin/text.hpp"

#include "record/utf8.hpp"

namespace sluice::plugin {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Bytes of the well-formed character at `i`; 0 when there is none.
std::size_t character(std::string_view text, std::size_t i) {
  const auto lead = static_cast<unsigned char>(text[i]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return record::is_utf8(text.substr(i, size)) ? size : 0;
}

}  // namespace

std::string_view view(const SluiceString& text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

std::string clean_text(std::string_view text, std::size_t limit) {
  if (text.size() <= limit && record::is_utf8(text)) return std::string(text);
  std::string clean;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character(text, i);
    const std::string_view piece = size == 0 ? replacement : text.substr(i, size);
    if (clean.size() + piece.size() > limit) break;
    clean += piece;
    i += size == 0 ? 1 : size;
  }
  return clean;
}

}  // namespace sluice::plugin
