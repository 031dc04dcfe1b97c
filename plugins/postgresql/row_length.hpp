// SPDX-License-Identifier: Apache-2.0
// How long a row of COPY BINARY is, which it says field by field. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "postgresql/byte_order.hpp"

namespace sluice::postgresql {

// Where a field's length stands, for NULL.
inline constexpr uint32_t null_size = 0xFFFFFFFF;

class RowLength {
 public:
  static constexpr size_t longest = size_t{1} << 30;  // the server has none of more than 1 GiB

  // `row`: where it begins.
  explicit RowLength(size_t row) : known_(row + sizeof(int16_t)) {}

  // The whole when `size` is as much, else more than `size`.
  size_t at_least(const char* bytes, size_t size) {
    while (size >= known_ && left_ != 0) {
      if (left_ < 0) {
        left_ = std::max<int>(load_big<int16_t>(bytes + known_ - sizeof(int16_t)), 0);
      } else {
        const auto field = load_big<uint32_t>(bytes + known_ - sizeof(uint32_t));
        if (field != null_size) known_ += field;
        --left_;
      }
      if (left_ > 0) known_ += sizeof(uint32_t);
    }
    return known_;
  }

 private:
  size_t known_;   // with the length of the next field
  int left_ = -1;  // fields whose length is not known; -1: nor how many
};

}  // namespace sluice::postgresql
