// SPDX-License-Identifier: Apache-2.0
#include "postgresql/numeric.hpp"

#include <algorithm>
#include <array>

#include "postgresql/byte_order.hpp"
#include "sluice/digits.hpp"

namespace sluice::postgresql {

namespace {

constexpr size_t header_size = 8;
constexpr uint16_t negative = 0x4000;
constexpr uint16_t not_finite = 0xC000;  // NaN; with 0x1000 and 0x3000 added, infinity

struct Header {
  int digits;
  int weight;
  uint16_t sign;
  int scale;
};

// Four numbers of two bytes, at once.
bool read_header(std::string_view bytes, Header& out) {
  if (bytes.size() < header_size) return false;
  const auto all = load_big<uint64_t>(bytes.data());
  out = {static_cast<int16_t>(all >> 48), static_cast<int16_t>(all >> 32), static_cast<uint16_t>(all >> 16),
         static_cast<int16_t>(all)};
  return out.digits >= 0 && bytes.size() == header_size + 2 * static_cast<size_t>(out.digits);
}

// Answers the end.
char* write_header(const Header& header, char* out) {
  const auto part = [](int number, int shift) { return uint64_t{static_cast<uint16_t>(number)} << shift; };
  return store_big(out,
                   part(header.digits, 48) | part(header.weight, 32) | part(header.sign, 16) | part(header.scale, 0));
}

unsigned digit_at(std::string_view bytes, int index) {
  return load_big<uint16_t>(bytes.data() + header_size + 2 * static_cast<size_t>(index));
}

template <uint64_t divisor>
bool divides(uint64_t& value) {
  const uint64_t quotient = value / divisor;
  const bool is_exact = quotient * divisor == value;
  value = quotient;
  return is_exact;
}

// Takes one to three digits from the end; false when they are no zeros. By constants, which need no division.
bool drop_zeros(uint64_t& value, int count) {
  if (count == 1) return divides<10>(value);
  return count == 2 ? divides<100>(value) : divides<1000>(value);
}

// A magnitude of up to 320 bits: a decimal256, and one group of digits more.
struct Wide {
  std::array<uint32_t, 10> limbs{};

  explicit Wide(UInt128 value) {
    for (size_t i = 0; i < 4; ++i) limbs[i] = static_cast<uint32_t>(value >> (32 * i));
  }
  explicit Wide(const Int256& value) {
    for (size_t i = 0; i < 8; ++i) limbs[i] = static_cast<uint32_t>(value.limbs[i / 2] >> (32 * (i % 2)));
  }
  // False when it does not fit any more.
  bool multiply(uint32_t factor, uint32_t plus = 0) {
    uint64_t carry = plus;
    for (auto& limb : limbs) {
      carry += uint64_t{limb} * factor;
      limb = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    return carry == 0;
  }
  // Answers the rest.
  uint32_t divide(uint32_t divisor) {
    uint64_t rest = 0;
    for (size_t i = limbs.size(); i-- > 0;) {
      rest = rest << 32 | limbs[i];
      limbs[i] = static_cast<uint32_t>(rest / divisor);
      rest %= divisor;
    }
    return static_cast<uint32_t>(rest);
  }
  bool is_zero() const {
    return std::all_of(limbs.begin(), limbs.end(), [](uint32_t limb) { return limb == 0; });
  }
  bool fits_255_bits() const { return limbs[8] == 0 && limbs[9] == 0 && (limbs[7] >> 31) == 0; }
};

bool is_negative(Int128 value) { return value < 0; }
UInt128 magnitude(Int128 value) { return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value); }
Int256 magnitude(const Int256& value) { return is_negative(value) ? negated(value) : value; }

NumericFault wide_to_decimal(std::string_view bytes, const Header& h, int shift, Int256& out) {
  Wide value(UInt128{0});
  for (int i = 0; i < h.digits; ++i)
    if (!value.multiply(10000, digit_at(bytes, i))) return NumericFault::too_large;
  for (; shift > 0; --shift)
    if (!value.multiply(10)) return NumericFault::too_large;
  for (; shift < 0; ++shift)
    if (value.divide(10) != 0) return NumericFault::malformed;
  if (!value.fits_255_bits()) return NumericFault::too_large;
  for (size_t i = 0; i < 4; ++i) out.limbs[i] = value.limbs[2 * i] | uint64_t{value.limbs[2 * i + 1]} << 32;
  if (h.sign == negative) out = negated(out);
  return NumericFault::none;
}

// Groups of four digits, most significant last, as they leave the divisions.
struct Groups {
  std::array<uint16_t, 32> group;
  size_t size = 0;
};

void divide_out(Wide value, Groups& out) {
  while (!value.is_zero()) out.group[out.size++] = static_cast<uint16_t>(value.divide(10000));
}

size_t write_groups(const Groups& groups, size_t fraction_groups, bool is_minus, int scale, char* out) {
  size_t low = 0;
  while (low < groups.size && groups.group[low] == 0) ++low;
  const auto count = static_cast<int>(groups.size - low);
  const int weight = static_cast<int>(groups.size) - static_cast<int>(fraction_groups) - 1;
  char* at = write_header({count, count == 0 ? 0 : weight, is_minus ? negative : uint16_t{0}, scale}, out);
  for (size_t i = groups.size; i-- > low;) at = store_big(at, groups.group[i]);
  return static_cast<size_t>(at - out);
}

// One that 64 bits hold: the groups are counted by its size, and written from the last to the first.
size_t write_small(uint64_t value, int fraction_groups, bool is_minus, int scale, char* out) {
  if (value == 0) return static_cast<size_t>(write_header({0, 0, 0, scale}, out) - out);
  int dropped = 0;
  for (; value % 10000 == 0; value /= 10000) ++dropped;
  const int count = value < powers_of_ten[4]    ? 1
                    : value < powers_of_ten[8]  ? 2
                    : value < powers_of_ten[12] ? 3
                    : value < powers_of_ten[16] ? 4
                                                : 5;
  char* const groups =
      write_header({count, count + dropped - fraction_groups - 1, is_minus ? negative : uint16_t{0}, scale}, out);
  for (int i = count - 1; i >= 0; --i, value /= 10000) store_big(groups + 2 * i, static_cast<uint16_t>(value % 10000));
  return header_size + 2 * static_cast<size_t>(count);
}

template <class Value>
size_t write_numeric(const Value& value, int scale, char* out) {
  const auto fraction_groups = static_cast<size_t>((scale + 3) / 4);
  const uint64_t pad = powers_of_ten[fraction_groups * 4 - static_cast<size_t>(scale)];
  const auto size = magnitude(value);
  if constexpr (std::is_same_v<Value, Int128>) {
    if (size < (UInt128{1} << 54))
      return write_small(static_cast<uint64_t>(size) * pad, static_cast<int>(fraction_groups), is_negative(value),
                         scale, out);
  }
  Groups groups;
  Wide wide(size);
  wide.multiply(static_cast<uint32_t>(pad));
  divide_out(wide, groups);
  return write_groups(groups, fraction_groups, is_negative(value), scale, out);
}

void append_group(unsigned group, std::string& out) {
  for (unsigned unit = 1000; unit != 0; unit /= 10) out += static_cast<char>('0' + group / unit % 10);
}

}  // namespace

NumericFault numeric_to_decimal(std::string_view bytes, int scale, Int128& out) {
  Header h;
  if (!read_header(bytes, h)) return NumericFault::malformed;
  if (h.sign >= not_finite) return NumericFault::not_finite;
  const int shift = 4 * (h.weight - h.digits + 1) + scale;
  if (h.digits == 0) {
    out = 0;
    return NumericFault::none;
  }
  if (h.digits > 4 || shift > 18 || shift < -3) {
    Int256 wide;
    const auto fault = wide_to_decimal(bytes, h, shift, wide);
    out = static_cast<Int128>(UInt128{wide.limbs[1]} << 64 | wide.limbs[0]);
    return fault;
  }
  uint64_t value = digit_at(bytes, 0);
  for (int i = 1; i < h.digits; ++i) value = value * 10000 + digit_at(bytes, i);
  if (shift < 0 && !drop_zeros(value, -shift)) return NumericFault::malformed;
  const UInt128 scaled = shift < 0 ? value : UInt128{value} * powers_of_ten[static_cast<size_t>(shift)];
  out = h.sign == negative ? -static_cast<Int128>(scaled) : static_cast<Int128>(scaled);
  return NumericFault::none;
}

NumericFault numeric_to_decimal(std::string_view bytes, int scale, Int256& out) {
  Header h;
  if (!read_header(bytes, h)) return NumericFault::malformed;
  if (h.sign >= not_finite) return NumericFault::not_finite;
  return wide_to_decimal(bytes, h, h.digits == 0 ? 0 : 4 * (h.weight - h.digits + 1) + scale, out);
}

NumericFault numeric_to_text(std::string_view bytes, std::string& out) {
  Header h;
  out.clear();
  if (!read_header(bytes, h)) return NumericFault::malformed;
  if (h.sign >= not_finite) {
    out = h.sign == not_finite ? "NaN" : h.sign == 0xD000 ? "Infinity" : "-Infinity";
    return NumericFault::none;
  }
  if (h.sign == negative) out += '-';
  const auto group = [&](int at) { return at < 0 || at >= h.digits ? 0u : digit_at(bytes, at); };
  std::string whole;
  for (int i = 0; i <= h.weight; ++i) append_group(group(i), whole);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  out += whole.empty() ? "0" : whole;
  if (h.scale <= 0) return NumericFault::none;
  std::string fraction;
  for (int i = h.weight + 1; static_cast<int>(fraction.size()) < h.scale; ++i) append_group(group(i), fraction);
  out += '.';
  out.append(fraction, 0, static_cast<size_t>(h.scale));
  return NumericFault::none;
}

size_t numeric_from_decimal(Int128 value, int scale, char* out) { return write_numeric(value, scale, out); }
size_t numeric_from_decimal(const Int256& value, int scale, char* out) { return write_numeric(value, scale, out); }

}  // namespace sluice::postgresql
