// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace sluice::plugin {

// The host's view of a sized struct that a plugin, built with an older or newer header, handed over: the part that
// both know, the rest zero. A NULL pointer and a struct too small to say its size are all zero.
template <class Struct>
requires std::is_trivially_copyable_v<Struct> Struct sized_copy(const Struct* theirs) {
  Struct ours{};
  if (theirs == nullptr) return ours;
  std::uint32_t size = 0;
  std::memcpy(&size, theirs, sizeof size);
  if (size < sizeof size) return ours;
  std::memcpy(&ours, theirs, std::min<std::size_t>(size, sizeof ours));
  ours.struct_size = sizeof ours;
  return ours;
}

// The other way: an answer in the host's struct.
template <class Struct>
Struct sized() {
  Struct ours{};
  ours.struct_size = sizeof ours;
  return ours;
}

}  // namespace sluice::plugin
