// SPDX-License-Identifier: Apache-2.0
// Rows of COPY BINARY and batches, made by hand.
#pragma once

#include <cstring>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

#include "postgresql/byte_order.hpp"
#include "postgresql/decoder.hpp"

namespace sluice::tests {

using Bytes = std::optional<std::string>;

template <class T>
std::string big(T value) {
  std::string out(sizeof(T), '\0');
  postgresql::store_big(out.data(), value);
  return out;
}

// Adds a row, as CopyOut reads it; NULL for nothing.
inline void add_row(postgresql::Decoder& rows, std::initializer_list<Bytes> fields) {
  std::string bytes;
  for (const auto& field : fields) bytes += big(field ? static_cast<int32_t>(field->size()) : -1) + field.value_or("");
  postgresql::CopyRow row;
  char* to = rows.room().data();
  if (bytes.size() > rows.room().size()) {
    row.own = std::make_unique<char[]>(bytes.size());
    to = row.own.get();
  }
  std::memcpy(to, bytes.data(), bytes.size());
  row.fields = {to, bytes.size()};
  rows.add(row);
}

}  // namespace sluice::tests
