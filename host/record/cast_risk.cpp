// SPDX-License-Identifier: Apache-2.0
#include "record/cast_risk.hpp"

#include <algorithm>

#include "record/kernel.hpp"

namespace sluice::record {
namespace {

using Faults = std::vector<Fault>;

// Of an integer type: value bits without the sign, the most decimal digits, and those that every number may have.
struct Width {
  int bits, most_digits, any_digits;
};

Width width_of_integer(TypeId id) {
  switch (id) {
    case TypeId::int8:
      return {7, 3, 2};
    case TypeId::int16:
      return {15, 5, 4};
    case TypeId::int32:
      return {31, 10, 9};
    case TypeId::int64:
      return {63, 19, 18};
    case TypeId::uint8:
      return {8, 3, 2};
    case TypeId::uint16:
      return {16, 5, 4};
    case TypeId::uint32:
      return {32, 10, 9};
    default:
      return {64, 20, 19};
  }
}

int mantissa_bits(TypeId id) { return id == TypeId::float64 ? 53 : 24; }

Faults integer_to(const Type& from, const Type& to) {
  const Width width = width_of_integer(from.id);
  if (to.id == TypeId::boolean) return {Fault::range};
  if (is_float(to.id)) return width.bits <= mantissa_bits(to.id) ? Faults{} : Faults{Fault::inexact};
  if (is_integer(to.id)) {
    const bool keeps_sign = !is_signed_integer(from.id) || is_signed_integer(to.id);
    return keeps_sign && width.bits <= width_of_integer(to.id).bits ? Faults{} : Faults{Fault::range};
  }
  Faults faults;
  if (width.most_digits > to.precision - to.scale) faults.push_back(Fault::range);
  if (to.scale < 0) faults.push_back(Fault::inexact);
  return faults;
}

Faults decimal_to(const Type& from, const Type& to) {
  const int whole_digits = from.precision - from.scale;
  if (is_float(to.id)) {
    const bool is_double = to.id == TypeId::float64;
    const bool has_own_float =
        from.precision <= (is_double ? 15 : 6) && from.scale >= 0 && from.scale <= (is_double ? 22 : 10);
    if (has_own_float) return {};
    const bool reaches_out = !is_double && (whole_digits > 38 || from.scale > 37);
    return reaches_out ? Faults{Fault::range, Fault::inexact} : Faults{Fault::inexact};
  }
  Faults faults;
  if (is_integer(to.id)) {
    const bool fits = is_signed_integer(to.id) && whole_digits <= width_of_integer(to.id).any_digits;
    if (!fits) faults.push_back(Fault::range);
    if (from.scale > 0) faults.push_back(Fault::inexact);
    return faults;
  }
  if (whole_digits > to.precision - to.scale) faults.push_back(Fault::range);
  if (to.scale < from.scale) faults.push_back(Fault::inexact);
  return faults;
}

Faults number_to(const Type& from, const Type& to) {
  if (from.id == TypeId::boolean) return {};
  if (is_integer(from.id)) return integer_to(from, to);
  if (is_decimal(from.id)) return decimal_to(from, to);
  const bool grows = from.id == TypeId::float32 && to.id == TypeId::float64;
  return grows ? Faults{} : Faults{Fault::range, Fault::inexact};
}

Faults time_to(const Type& from, const Type& to) {
  const bool to_instant = to.utc && !from.utc;
  if (from.id == TypeId::date32)
    return to_instant ? Faults{Fault::range, Fault::time_gap, Fault::time_twice} : Faults{Fault::range};
  if (to.id == TypeId::date32) return {Fault::inexact};
  Faults faults;
  const bool changes_kind = from.utc != to.utc;
  const bool grows = per_second(from.id) < per_second(to.id);
  if (is_timestamp(from.id) && (grows || changes_kind)) faults.push_back(Fault::range);
  if (from.id == TypeId::duration_us && is_time(to.id)) faults.push_back(Fault::range);
  if (per_second(from.id) > per_second(to.id)) faults.push_back(Fault::inexact);
  if (to_instant) faults.insert(faults.end(), {Fault::time_gap, Fault::time_twice});
  return faults;
}

Faults text_to(const Type& to, bool has_zone) {
  if (to.id == TypeId::boolean) return {Fault::parse};
  if (is_integer(to.id) || is_float(to.id) || to.id == TypeId::date32) return {Fault::parse, Fault::range};
  if (is_decimal(to.id) || to.id == TypeId::duration_us) return {Fault::parse, Fault::range, Fault::inexact};
  if (is_time(to.id)) return {Fault::parse, Fault::inexact};
  Faults faults{Fault::parse, Fault::range, Fault::inexact};
  if (!has_zone)
    faults.push_back(to.utc ? Fault::no_offset : Fault::has_offset);
  else if (to.utc)
    faults.insert(faults.end(), {Fault::time_gap, Fault::time_twice});
  return faults;
}

// The most characters of a value's text.
std::int64_t text_width(const Type& type) {
  if (is_integer(type.id)) return width_of_integer(type.id).most_digits + 1;
  if (is_decimal(type.id)) return 3 + std::max({type.precision, type.scale, type.precision - type.scale});
  switch (type.id) {
    case TypeId::boolean:
      return 5;
    case TypeId::float32:
      return 16;
    case TypeId::float64:
      return 24;
    case TypeId::date32:
      return 14;
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return 18;
    case TypeId::duration_us:
      return 25;
    default:
      return type.utc ? 36 : 30;
  }
}

// The most that a value of the column is long, as the other side counts; nothing: there is no limit.
std::optional<std::int64_t> most_length(const Field& from, const Type& to) {
  if (!is_variable(from.type.id)) return text_width(from.type);
  const auto length = from.length();
  const bool grows = is_text(from.type.id) && is_binary(to.id);
  return length && grows ? 4 * *length : length;
}

bool may_be_too_long(const Field& from, const Field& to) {
  const auto fits = is_variable(to.type.id) ? to.length() : std::nullopt;
  if (!fits || from.type.id == TypeId::null_) return false;
  const auto most = most_length(from, to.type);
  return !most || *most > *fits;
}

Faults value_faults(const Type& from, const Type& to, bool has_zone) {
  if (from == to || from.id == TypeId::null_) return {};
  if (is_variable(to.id)) return is_binary(from.id) && is_text(to.id) ? Faults{Fault::encoding} : Faults{};
  if (is_text(from.id)) return text_to(to, has_zone);
  return from.id >= TypeId::date32 ? time_to(from, to) : number_to(from, to);
}

}  // namespace

std::vector<Fault> possible_faults(const Field& from, const Field& to, bool has_zone) {
  Faults faults;
  const bool may_be_null = from.nullable || from.type.id == TypeId::null_;
  if (may_be_null && to.required()) faults.push_back(Fault::null);
  const Faults values = value_faults(from.type, to.type, has_zone);
  faults.insert(faults.end(), values.begin(), values.end());
  if (may_be_too_long(from, to)) faults.push_back(Fault::too_long);
  return faults;
}

}  // namespace sluice::record
