// SPDX-License-Identifier: Apache-2.0
// Big-endian numbers in a buffer.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace sluice::postgresql {

static_assert(std::endian::native == std::endian::little);

template <class T>
constexpr T swapped(T value) {
  if constexpr (sizeof(T) == 1)
    return value;
  else if constexpr (sizeof(T) == 2)
    return static_cast<T>(__builtin_bswap16(static_cast<uint16_t>(value)));
  else if constexpr (sizeof(T) == 4)
    return static_cast<T>(__builtin_bswap32(static_cast<uint32_t>(value)));
  else
    return static_cast<T>(__builtin_bswap64(static_cast<uint64_t>(value)));
}

template <class T>
T load_big(const char* at) {
  static_assert(std::is_integral_v<T>);
  T value;
  std::memcpy(&value, at, sizeof value);
  return swapped(value);
}

// Answers the place behind it.
template <class T>
char* store_big(char* at, T value) {
  static_assert(std::is_integral_v<T>);
  value = swapped(value);
  std::memcpy(at, &value, sizeof value);
  return at + sizeof value;
}

}  // namespace sluice::postgresql
