// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/arrow_c_data.h>

#include <cstdint>
#include <cstring>
#include <string_view>

#include "record/bitmap.hpp"
#include "record/type.hpp"

namespace sluice::record {

// Values may stand at any address: plugins are only asked to align to the value's width up to 8 bytes.
template <class T>
T load(const void* values, std::int64_t row) {
  T value;
  std::memcpy(&value, static_cast<const std::uint8_t*>(values) + row * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
  return value;
}

template <class T>
void store(void* values, std::int64_t row, T value) {
  std::memcpy(static_cast<std::uint8_t*>(values) + row * static_cast<std::int64_t>(sizeof(T)), &value, sizeof(T));
}

// A validated column to read from. A view: valid as long as its batch.
struct ColumnView {
  Type type;
  std::int64_t rows = 0;
  const std::uint8_t* validity = nullptr;  // NULL: no NULL in it
  const void* values = nullptr;            // fixed-width values, bits of booleans, or offsets
  const char* bytes = nullptr;             // of texts and binaries

  explicit ColumnView(const Type& column_type) : type(column_type) {}
  ColumnView(const ArrowArray& array, const Type& column_type) : type(column_type), rows(array.length) {
    if (array.n_buffers > 0 && array.null_count != 0) validity = static_cast<const std::uint8_t*>(array.buffers[0]);
    if (array.n_buffers > 1) values = array.buffers[1];
    if (array.n_buffers > 2) bytes = static_cast<const char*>(array.buffers[2]);
  }

  bool is_null(std::int64_t row) const {
    return type.id == TypeId::null_ || (validity != nullptr && !bit_at(validity, row));
  }
  template <class T>
  T at(std::int64_t row) const {
    return load<T>(values, row);
  }
  bool boolean(std::int64_t row) const { return bit_at(static_cast<const std::uint8_t*>(values), row); }
  // A text's bytes by the column's offset type.
  template <class Offset>
  std::string_view text(std::int64_t row) const {
    const auto begin = at<Offset>(row);
    return {bytes + begin, static_cast<std::size_t>(at<Offset>(row + 1) - begin)};
  }
  std::string_view text(std::int64_t row) const {
    return has_large_offsets(type.id) ? text<std::int64_t>(row) : text<std::int32_t>(row);
  }
  // Where the bytes of `row` start; `row` may be the number of rows.
  std::int64_t offset(std::int64_t row) const {
    return has_large_offsets(type.id) ? at<std::int64_t>(row) : at<std::int32_t>(row);
  }
};

}  // namespace sluice::record
