// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <concepts>
#include <string_view>

#include "record/decimal.hpp"
#include "record/format.hpp"
#include "record/kernel.hpp"
#include "record/parse.hpp"

namespace sluice::record {
namespace {

bool is_narrow(Int128 value) { return value == static_cast<std::int64_t>(value); }

// From one scale to another without losing a digit. Integers are decimals of scale 0.
class Rescale {
 public:
  Rescale(int from_scale, int to_scale, int precision)
      : grows_(to_scale >= from_scale), limit_(powers_128[static_cast<std::size_t>(precision)]) {
    const int shift = grows_ ? to_scale - from_scale : from_scale - to_scale;
    impossible_ = shift > max_precision_128;
    factor_ = impossible_ ? 1 : powers_128[static_cast<std::size_t>(shift)];
    // Below this a value can be multiplied and stays within the precision.
    grow_limit_ = shift > precision ? 1 : powers_128[static_cast<std::size_t>(precision - shift)];
  }

  Fault operator()(Int128 value, Int128& out) const {
    if (impossible_ && value != 0) return grows_ ? Fault::range : Fault::inexact;
    if (grows_) {
      if (value >= grow_limit_ || value <= -grow_limit_) return Fault::range;
      out = value * factor_;
      return Fault::none;
    }
    return shrink(value, out);
  }

 private:
  Fault shrink(Int128 value, Int128& out) const {
    if (is_narrow(value) && is_narrow(factor_)) {  // 128-bit divisions are slow
      const auto narrow = static_cast<std::int64_t>(value);
      const auto factor = static_cast<std::int64_t>(factor_);
      const std::int64_t quotient = narrow / factor;
      out = quotient;
      if (quotient * factor != narrow) return out_of_limit(out) ? Fault::range : Fault::inexact;
    } else {
      out = value / factor_;
      if (out * factor_ != value) return out_of_limit(out) ? Fault::range : Fault::inexact;
    }
    return out_of_limit(out) ? Fault::range : Fault::none;
  }
  bool out_of_limit(Int128 value) const { return value >= limit_ || value <= -limit_; }

  bool grows_;
  bool impossible_ = false;
  Int128 factor_ = 1;
  Int128 limit_;
  Int128 grow_limit_ = 1;
};

void cast_decimal_128(const ColumnJob& job) {
  const Rescale rescale(job.in.type.scale, job.to.scale, job.to.precision);
  convert_values<Int128>(job, [&](std::int64_t row, Int128& value) { return rescale(job.in.at<Int128>(row), value); });
}

template <std::integral From>
void cast_integer_to_128(const ColumnJob& job) {
  const Rescale rescale(0, job.to.scale, job.to.precision);
  convert_values<Int128>(job, [&](std::int64_t row, Int128& value) { return rescale(job.in.at<From>(row), value); });
}

template <std::integral To>
void cast_128_to_integer(const ColumnJob& job) {
  const Rescale rescale(job.in.type.scale, 0, max_precision_128);
  convert_values<To>(job, [&](std::int64_t row, To& value) {
    Int128 wide = 0;
    if (const Fault fault = rescale(job.in.at<Int128>(row), wide); fault != Fault::none) return fault;
    value = static_cast<To>(wide);
    return value == wide ? Fault::none : Fault::range;
  });
}

// ---- Floats: a decimal and a float are the same value when the float's shortest text is the decimal's. -------------

// Up to this many digits every decimal has a float of its own; up to this power of ten they are exact.
template <class Float>
constexpr int exact_digits = sizeof(Float) == 8 ? 15 : 6;
template <class Float>
constexpr int exact_power = sizeof(Float) == 8 ? 22 : 10;

template <class Float>
Float float_power(int n) {
  Float power = 1;
  for (; n > 0; --n) power *= 10;
  return power;
}

template <class Int, class Float>
Fault float_to_decimal(Float from, const Type& to, Int& out) {
  char text[max_value_text];
  if (!std::isfinite(from)) return Fault::range;
  const char* const end = put_float(text, from);
  return parse_decimal({text, static_cast<std::size_t>(end - text)}, to.precision, to.scale, out);
}

template <class Int, class Float>
Fault decimal_to_float(const Int& from, const Type& type, Float& out) {
  char text[max_value_text];
  const char* const end = put_decimal(text, from, type.scale);
  if (const Fault fault = parse_float({text, static_cast<std::size_t>(end - text)}, out); fault != Fault::none) {
    return fault;
  }
  Int back = 0;
  const int precision = std::same_as<Int, Int128> ? max_precision_128 : max_precision_256;
  const Type wide{type.id, precision, type.scale};
  return float_to_decimal(out, wide, back) == Fault::none && back == from ? Fault::none : Fault::inexact;
}

template <class Float>
void cast_float_to_128(const ColumnJob& job) {
  const int scale = job.to.scale;
  const bool quick = scale >= 0 && scale <= exact_power<Float>;
  const Float power = quick ? float_power<Float>(scale) : 1;
  const auto most =
      static_cast<Float>(powers_128[static_cast<std::size_t>(std::min(exact_digits<Float>, job.to.precision))]);
  convert_values<Int128>(job, [&](std::int64_t row, Int128& value) {
    const auto from = job.in.at<Float>(row);
    const Float scaled = std::nearbyint(from * power);
    if (quick && std::abs(scaled) < most && scaled / power == from) {
      value = static_cast<std::int64_t>(scaled);
      return Fault::none;
    }
    return float_to_decimal(from, job.to, value);
  });
}

template <class Float>
void cast_128_to_float(const ColumnJob& job) {
  const int scale = job.in.type.scale;
  const bool quick = scale >= 0 && scale <= exact_power<Float>;
  const Float power = quick ? float_power<Float>(scale) : 1;
  convert_values<Float>(job, [&](std::int64_t row, Float& value) {
    const auto from = job.in.at<Int128>(row);
    if (quick && fits_precision(from, exact_digits<Float>)) {
      value = static_cast<Float>(static_cast<std::int64_t>(from)) / power;
      return Fault::none;
    }
    return decimal_to_float(from, job.in.type, value);
  });
}

// ---- 256 bits: rare enough to decide by row ------------------------------------------------------------------------

Int512 load_wide(const ColumnView& in, std::int64_t row) {
  switch (in.type.id) {
    case TypeId::int8:
      return in.at<std::int8_t>(row);
    case TypeId::int16:
      return in.at<std::int16_t>(row);
    case TypeId::int32:
      return in.at<std::int32_t>(row);
    case TypeId::int64:
      return in.at<std::int64_t>(row);
    case TypeId::uint8:
      return in.at<std::uint8_t>(row);
    case TypeId::uint16:
      return in.at<std::uint16_t>(row);
    case TypeId::uint32:
      return in.at<std::uint32_t>(row);
    case TypeId::uint64:
      return in.at<std::uint64_t>(row);
    case TypeId::decimal128:
      return Int512(in.at<Int128>(row));
    default:
      return load_256(in.values, row);
  }
}

Fault rescale_wide(Int512& value, int shift, int precision) {
  if (shift >= 0) {
    value *= power_512(shift);
  } else {
    const Int512 quotient = value / power_512(-shift);
    if (quotient * power_512(-shift) != value)
      return fits_precision(quotient, precision) ? Fault::inexact : Fault::range;
    value = quotient;
  }
  return fits_precision(value, precision) ? Fault::none : Fault::range;
}

Fault load_rescaled(const ColumnJob& job, std::int64_t row, int precision, Int512& value) {
  value = load_wide(job.in, row);
  if (value == 0) return Fault::none;
  return rescale_wide(value, job.to.scale - job.in.type.scale, precision);
}

void cast_to_256(const ColumnJob& job) {
  convert_values<Bytes256>(job, [&](std::int64_t row, Bytes256& bytes) {
    Int512 value;
    const Fault fault = load_rescaled(job, row, job.to.precision, value);
    if (fault == Fault::none) store_256(bytes.bytes, 0, value);
    return fault;
  });
}

void cast_256_to_128(const ColumnJob& job) {
  convert_values<Int128>(job, [&](std::int64_t row, Int128& out) {
    Int512 value;
    const Fault fault = load_rescaled(job, row, job.to.precision, value);
    if (fault == Fault::none) out = static_cast<Int128>(value);
    return fault;
  });
}

template <std::integral To>
void cast_256_to_integer(const ColumnJob& job) {
  convert_values<To>(job, [&](std::int64_t row, To& out) {
    Int512 value;
    if (const Fault fault = load_rescaled(job, row, 20, value); fault != Fault::none) return fault;
    out = static_cast<To>(value);
    return value == out ? Fault::none : Fault::range;
  });
}

template <class Float>
void cast_256_to_float(const ColumnJob& job) {
  convert_values<Float>(job, [&](std::int64_t row, Float& value) {
    return decimal_to_float(load_256(job.in.values, row), job.in.type, value);
  });
}

template <class Float>
void cast_float_to_256(const ColumnJob& job) {
  convert_values<Bytes256>(job, [&](std::int64_t row, Bytes256& bytes) {
    Int512 value;
    const Fault fault = float_to_decimal(job.in.at<Float>(row), job.to, value);
    if (fault == Fault::none) store_256(bytes.bytes, 0, value);
    return fault;
  });
}

Kernel to_decimal(const Type& from, const Type& to) {
  const bool wide = to.id == TypeId::decimal256;
  return visit_plain_number(from.id, [&]<class From>() -> Kernel {
    if constexpr (std::floating_point<From>)
      return wide ? cast_float_to_256<From> : cast_float_to_128<From>;
    else
      return wide ? cast_to_256 : cast_integer_to_128<From>;
  });
}

Kernel from_decimal(const Type& from, const Type& to) {
  const bool wide = from.id == TypeId::decimal256;
  return visit_plain_number(to.id, [&]<class To>() -> Kernel {
    if constexpr (std::floating_point<To>)
      return wide ? cast_256_to_float<To> : cast_128_to_float<To>;
    else
      return wide ? cast_256_to_integer<To> : cast_128_to_integer<To>;
  });
}

}  // namespace

Kernel decimal_kernel(const Type& from, const Type& to) {
  if (!is_decimal(from.id)) return is_decimal(to.id) ? to_decimal(from, to) : nullptr;
  if (!is_decimal(to.id)) return from_decimal(from, to);
  if (to.id == TypeId::decimal256) return cast_to_256;
  return from.id == TypeId::decimal256 ? cast_256_to_128 : cast_decimal_128;
}

}  // namespace sluice::record
