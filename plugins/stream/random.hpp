// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace sluice::stream {

__extension__ typedef unsigned __int128 Wide;

// Random bits by position: the bits at an index depend on the seed, the split and the column alone, never on what
// was asked before. Any thread.
class RandomSequence {
 public:
  RandomSequence(uint64_t seed, uint64_t split, uint64_t column)
      : base_(mix(mix(mix(seed + golden) + split + golden) + column + golden)) {}

  uint64_t at(uint64_t index) const { return mix(base_ + index * golden); }

  // Spreads bits evenly over 0 .. bound - 1; a bound of 0 stands for 2^64.
  static uint64_t below(uint64_t bound, uint64_t bits) {
    return bound == 0 ? bits : static_cast<uint64_t>((Wide{bits} * bound) >> 64);
  }
  // 0 <= x < 1, in steps of 2^-53.
  static double fraction(uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

  // The bits that belong to `bits` for one more draw of the same record.
  static uint64_t again(uint64_t bits) { return mix(bits + golden); }

 private:
  static constexpr uint64_t golden = 0x9E3779B97F4A7C15;
  // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
  static constexpr uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
  }

  uint64_t base_;
};

}  // namespace sluice::stream
