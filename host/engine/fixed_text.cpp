// SPDX-License-Identifier: Apache-2.0
#include "engine/fixed_text.hpp"

namespace sluice::engine {
namespace {

bool is_word(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  unsigned char c = static_cast<unsigned char>(text[at]);
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// An apostrophe inside a word ("doesn't") quotes nothing.
bool opens(std::string_view text, std::size_t at) {
  bool quote = text[at] == '"' || text[at] == '\'' || text[at] == '`';
  return quote && (at == 0 || !is_word(text, at - 1));
}

std::size_t closing(std::string_view text, std::size_t opening) {
  for (std::size_t at = opening + 1; at < text.size(); ++at) {
    if (text[at] == text[opening] && !is_word(text, at + 1)) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string fixed_text(std::string_view message) {
  std::string result;
  for (std::size_t at = 0; at < message.size(); ++at) {
    if (message.substr(at, 2) == ": " || message.substr(at, 2) == ":\n") break;
    if (!opens(message, at)) {
      result += message[at];
      continue;
    }
    result.append(1, message[at]).append("...").append(1, message[at]);
    at = closing(message, at);
    if (at == std::string_view::npos) break;
  }
  return result;
}

}  // namespace sluice::engine
