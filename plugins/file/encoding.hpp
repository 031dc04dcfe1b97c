// SPDX-License-Identifier: Apache-2.0
// Texts in other encodings than UTF-8, through iconv. One thread an object.
#pragma once

#include <iconv.h>

#include <memory>
#include <string>
#include <string_view>

#include "byte_source.hpp"

namespace sluice::file {

// "utf8", "UTF-8": no conversion needed.
bool is_utf8_name(std::string_view encoding);
bool is_known_encoding(const std::string& encoding);

// Owns an iconv conversion.
class Conversion {
 public:
  Conversion(const std::string& from, const std::string& to);
  Conversion(const Conversion&) = delete;
  Conversion& operator=(const Conversion&) = delete;
  ~Conversion();
  iconv_t get() const { return handle_; }

 private:
  iconv_t handle_;
};

// UTF-8 made of `encoded`. Each byte that is not valid there becomes the byte 0xFF, which is not valid in UTF-8 either:
// the record that holds it is refused, and none but that.
std::unique_ptr<ByteSource> decode(std::unique_ptr<ByteSource> encoded, const std::string& encoding);

// Turns texts into an encoding, one after the other.
class Encoder {
 public:
  explicit Encoder(const std::string& encoding) : conversion_("UTF-8", encoding) {}
  // Appends to `out`; false (and `out` as it was) when a character is not in the encoding.
  bool append(std::string_view text, std::string& out);

 private:
  Conversion conversion_;
};

// Whether a text in the encoding begins with a byte order mark, so that two of them cannot be put together.
bool begins_with_mark(const std::string& encoding);

}  // namespace sluice::file
