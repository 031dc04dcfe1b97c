// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <concepts>
#include <limits>
#include <utility>

#include "record/decimal.hpp"
#include "record/kernel.hpp"

namespace sluice::record {
namespace {

template <std::integral From, std::integral To>
Fault convert(From from, To& to) {
  to = static_cast<To>(from);
  return std::in_range<To>(from) ? Fault::none : Fault::range;
}

template <std::integral From, std::floating_point To>
Fault convert(From from, To& to) {
  constexpr int bits = std::numeric_limits<To>::digits;
  to = static_cast<To>(from);
  if constexpr (std::numeric_limits<From>::digits <= bits)
    return Fault::none;
  else if (std::cmp_less_equal(from, std::int64_t{1} << bits) &&
           std::cmp_greater_equal(from, -(std::int64_t{1} << bits))) {
    return Fault::none;
  }
  return static_cast<Int128>(to) == from ? Fault::none : Fault::inexact;
}

template <std::floating_point From, std::integral To>
Fault convert(From from, To& to) {
  constexpr From beyond = 1e20f;  // of every integer type; NaN and infinity too
  if (!(std::abs(from) < beyond)) return Fault::range;
  const auto whole = static_cast<Int128>(from);
  if (static_cast<From>(whole) != from) return Fault::inexact;
  to = static_cast<To>(whole);
  return to == whole ? Fault::none : Fault::range;
}

template <std::floating_point From, std::floating_point To>
Fault convert(From from, To& to) {
  if constexpr (sizeof(From) > sizeof(To)) {
    if (std::isfinite(from) && std::abs(from) > std::numeric_limits<To>::max()) return Fault::range;
  }
  to = static_cast<To>(from);
  return static_cast<From>(to) == from || std::isnan(from) ? Fault::none : Fault::inexact;
}

template <class From, class To>
void cast_numbers(const ColumnJob& job) {
  convert_values<To>(job, [&](std::int64_t row, To& value) { return convert(job.in.at<From>(row), value); });
}

template <std::integral To>
void cast_from_bits(const ColumnJob& job) {
  convert_values<To>(job, [&](std::int64_t row, To& value) {
    value = job.in.boolean(row) ? 1 : 0;
    return Fault::none;
  });
}

template <std::integral From>
void cast_to_bits(const ColumnJob& job) {
  convert_bits(job, [&](std::int64_t row, bool& value) {
    const auto from = job.in.at<From>(row);
    value = from == 1;
    return from == 0 || from == 1 ? Fault::none : Fault::range;
  });
}

}  // namespace

Kernel number_kernel(const Type& from, const Type& to) {
  if (from.id == TypeId::boolean && is_integer(to.id)) {
    return visit_plain_number(to.id, []<class To>() -> Kernel {
      if constexpr (std::integral<To>) return cast_from_bits<To>;
      return nullptr;
    });
  }
  if (is_integer(from.id) && to.id == TypeId::boolean) {
    return visit_plain_number(from.id, []<class From>() -> Kernel {
      if constexpr (std::integral<From>) return cast_to_bits<From>;
      return nullptr;
    });
  }
  return visit_plain_number(from.id, [&]<class From>() {
    return visit_plain_number(to.id, []<class To>() -> Kernel { return cast_numbers<From, To>; });
  });
}

}  // namespace sluice::record
