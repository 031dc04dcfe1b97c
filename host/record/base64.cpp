// SPDX-License-Identifier: Apache-2.0
#include "record/base64.hpp"

#include <cstdint>

namespace sluice::record {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : bytes) {
    group = group << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[group >> (bits - 6) & 63];
  }
  if (bits > 0) text += alphabet[group << (6 - bits) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes;
  std::string_view digits = text;
  while (digits.size() + 2 > text.size() && digits.ends_with('=')) digits.remove_suffix(1);
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : digits) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return {};
    group = group << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) bytes += static_cast<char>(group >> (bits -= 8) & 255);
  }
  if (to_base64(bytes) != text) return {};  // wrong padding, stray bits
  return bytes;
}

}  // namespace sluice::record
