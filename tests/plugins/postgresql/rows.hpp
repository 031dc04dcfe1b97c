// SPDX-License-Identifier: Apache-2.0
// Rows of COPY BINARY and batches, made by hand.
#pragma once

#include <libpq-fe.h>

#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>

#include "postgresql/byte_order.hpp"
#include "postgresql/copy_out.hpp"

namespace sluice::tests {

using Bytes = std::optional<std::string>;

template <class T>
std::string big(T value) {
  std::string out(sizeof(T), '\0');
  postgresql::store_big(out.data(), value);
  return out;
}

// As libpq hands it out; NULL for nothing.
inline postgresql::CopyRow row(std::initializer_list<Bytes> fields) {
  std::string bytes = big(static_cast<int16_t>(fields.size()));
  for (const auto& field : fields) bytes += big(field ? static_cast<int32_t>(field->size()) : -1) + field.value_or("");
  auto* raw = static_cast<char*>(std::malloc(bytes.size()));  // PQfreemem frees it
  std::memcpy(raw, bytes.data(), bytes.size());
  postgresql::CopyRow made(raw, bytes.size());
  made.skip(2);
  return made;
}

}  // namespace sluice::tests
