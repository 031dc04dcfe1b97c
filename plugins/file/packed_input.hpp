// SPDX-License-Identifier: Apache-2.0
// The input side of a decompressor: a piece of packed bytes, filled again when it is used up. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "byte_source.hpp"

namespace sluice::file {

class PackedInput {
 public:
  PackedInput(std::unique_ptr<ByteSource> source, std::string path)
      : source_(std::move(source)), path_(std::move(path)), bytes_(size_t{256} << 10) {}

  // The next piece; its size is 0 at the end of the file.
  std::size_t fill() { return size_ = source_->read(bytes_.data(), bytes_.size()); }
  char* data() { return bytes_.data(); }
  std::size_t size() const { return size_; }

  Error truncated(const char* format) const {
    return bad_data(std::string("the ") + format + " file ends in the middle; it was not written completely: " + path_);
  }
  Error damaged(const char* format, const std::string& reason) const {
    return bad_data(std::string("not a valid ") + format + " file: " + reason + ": " + path_);
  }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string path_;
  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

}  // namespace sluice::file
