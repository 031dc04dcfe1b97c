// SPDX-License-Identifier: Apache-2.0
#include "job/secret_reference.hpp"

#include <algorithm>
#include <utility>

namespace sluice::job {
namespace {

constexpr std::string_view command = "${command:";

// The scheme of a reference that begins `text`.
std::string_view scheme_of(std::string_view text) {
  for (std::string_view scheme : {"env", "file"}) {
    if (text.substr(2).starts_with(scheme) && text.substr(2 + scheme.size()).starts_with(':')) return scheme;
  }
  return {};
}

bool is_word_of_secrets(std::string_view keyword) {
  std::string text(keyword);
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string_view word : {"pwd", "password", "passphrase", "secret", "token"})
    if (text.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace

std::vector<SecretPiece> secret_pieces(std::string_view text) {
  if (text.starts_with(command) && text.ends_with('}'))
    return {{"command", std::string(text.substr(command.size(), text.size() - command.size() - 1))}};
  std::vector<SecretPiece> pieces;
  std::string plain;
  while (!text.empty()) {
    const std::string_view scheme = text.starts_with("${") ? scheme_of(text) : std::string_view();
    const std::size_t end = text.find('}');
    if (scheme.empty() || end == std::string_view::npos) {
      plain += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (!plain.empty()) pieces.push_back({{}, std::exchange(plain, {})});
    const std::size_t begin = scheme.size() + 3;
    pieces.push_back({std::string(scheme), std::string(text.substr(begin, end - begin))});
    text.remove_prefix(end + 1);
  }
  if (!plain.empty()) pieces.push_back({{}, std::move(plain)});
  return pieces;
}

bool holds_reference(std::string_view text) {
  const auto pieces = secret_pieces(text);
  return std::any_of(pieces.begin(), pieces.end(), [](const SecretPiece& piece) { return !piece.scheme.empty(); });
}

bool is_reference(std::string_view text) {
  const auto pieces = secret_pieces(text);
  return pieces.size() == 1 && !pieces.front().scheme.empty();
}

bool holds_password(std::string_view keywords) {
  // A semicolon inside of a value only makes for another keyword.
  while (!keywords.empty()) {
    const std::string_view part = keywords.substr(0, keywords.find(';'));
    keywords.remove_prefix(std::min(part.size() + 1, keywords.size()));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || !is_word_of_secrets(part.substr(0, equals))) continue;
    const std::string_view value = part.substr(std::min(part.find_first_not_of(' ', equals + 1), part.size()));
    if (!value.empty() && !value.starts_with("{}")) return true;
  }
  return false;
}

std::string unknown_scheme(std::string_view text) {
  if (!text.starts_with("${") || !text.ends_with('}') || holds_reference(text)) return {};
  const std::string_view scheme = text.substr(2, text.find(':') - 2);
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool is_word = scheme.size() + 2 < text.size() && std::all_of(scheme.begin(), scheme.end(), letter);
  return is_word && !scheme.empty() ? std::string(scheme) : std::string();
}

}  // namespace sluice::job
