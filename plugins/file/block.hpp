// SPDX-License-Identifier: Apache-2.0
// 64 bytes of text at once; bit i of a mask speaks of byte i. Pure values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sluice::file {

#if defined(__SSE2__)
class Block {
 public:
  // Reads 64 bytes.
  explicit Block(const char* at) : a_(load(at)), b_(load(at + 16)), c_(load(at + 32)), d_(load(at + 48)) {}

  std::uint64_t equal(char c) const {
    const __m128i wanted = _mm_set1_epi8(c);
    return join(_mm_cmpeq_epi8(a_, wanted), _mm_cmpeq_epi8(b_, wanted), _mm_cmpeq_epi8(c_, wanted),
                _mm_cmpeq_epi8(d_, wanted));
  }
  bool has_high_bytes() const { return _mm_movemask_epi8(any(a_, b_, c_, d_)) != 0; }
  bool has_one_of(const std::array<char, 4>& bytes) const {
    __m128i found = _mm_setzero_si128();
    for (const char byte : bytes) {
      const __m128i wanted = _mm_set1_epi8(byte);
      found = _mm_or_si128(found, any(_mm_cmpeq_epi8(a_, wanted), _mm_cmpeq_epi8(b_, wanted),
                                      _mm_cmpeq_epi8(c_, wanted), _mm_cmpeq_epi8(d_, wanted)));
    }
    return _mm_movemask_epi8(found) != 0;
  }

 private:
  static __m128i any(__m128i a, __m128i b, __m128i c, __m128i d) {
    return _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
  }
  static __m128i load(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
  static std::uint64_t bits(__m128i part) { return static_cast<std::uint32_t>(_mm_movemask_epi8(part)); }
  static std::uint64_t join(__m128i a, __m128i b, __m128i c, __m128i d) {
    return bits(a) | bits(b) << 16 | bits(c) << 32 | bits(d) << 48;
  }

  __m128i a_, b_, c_, d_;
};
#else
class Block {
 public:
  explicit Block(const char* at) { std::memcpy(bytes_, at, 64); }
  std::uint64_t equal(char c) const {
    std::uint64_t mask = 0;
    for (int i = 0; i < 64; ++i) mask |= std::uint64_t{bytes_[i] == c} << i;
    return mask;
  }
  bool has_high_bytes() const {
    bool any = false;
    for (const char byte : bytes_) any |= (byte & 0x80) != 0;
    return any;
  }
  bool has_one_of(const std::array<char, 4>& bytes) const {
    bool any = false;
    for (const char byte : bytes) any |= equal(byte) != 0;
    return any;
  }

 private:
  char bytes_[64];
};
#endif

// Bit i of the answer is the parity of bits 0..i: set from an opening quote up to the byte before its closing one.
inline std::uint64_t prefix_parity(std::uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
}

}  // namespace sluice::file
