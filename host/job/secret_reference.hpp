// SPDX-License-Identifier: Apache-2.0
//
// How a secret is referred to: "${env:NAME}", "${file:PATH}", "${command:pass show shop}".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::job {

struct SecretPiece {
  std::string scheme;  // "env", "file", "command"; empty: a plain text
  std::string text;    // the plain text, or what stands behind the scheme
};

// The text taken apart; a $ that begins no reference is text. A command is the whole of a text or none of it, because
// commands have braces of their own.
std::vector<SecretPiece> secret_pieces(std::string_view text);

// Is there a reference in it?
bool holds_reference(std::string_view text);
// Is it one reference and nothing else? Then it may be shown.
bool is_reference(std::string_view text);
// Has "Server=db;UID=bob;PWD=..." a value for a password, a token or another word of secrets?
bool holds_password(std::string_view keywords);
// "evn" when the text looks like a reference and is none: "${evn:NAME}".
std::string unknown_scheme(std::string_view text);

}  // namespace sluice::job
