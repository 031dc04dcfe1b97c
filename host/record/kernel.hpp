// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "record/builder.hpp"
#include "record/column.hpp"
#include "record/fault.hpp"
#include "record/zone.hpp"

namespace sluice::record {

// The inside of the cast stage: one kernel converts one column. Not for other folders.

struct FaultAt {
  std::int64_t row;
  int column;
  Fault fault;
};

// Collects the faults of one batch.
struct FaultList {
  std::vector<FaultAt> found;
  int column = 0;

  void add(std::int64_t row, Fault fault) { found.push_back({row, column, fault}); }
};

// One column to convert. `out` comes with its rows, its validity and its nulls set; the kernel fills the rest.
struct ColumnJob {
  const ColumnView& in;
  const Type& to;
  const Zone* zone;  // NULL: no timeZone was set
  OwnedColumn& out;
  FaultList& faults;
};

using Kernel = void (*)(const ColumnJob&);

// The kernel for a pair of types; NULL when there is no such cast. Types that share memory need none.
Kernel find_kernel(const Type& from, const Type& to);

// Its parts, each for the pairs that it knows.
Kernel number_kernel(const Type& from, const Type& to);     // integers, floats, booleans
Kernel decimal_kernel(const Type& from, const Type& to);    // at least one side a decimal
Kernel time_kernel(const Type& from, const Type& to);       // dates, times, timestamps, durations
Kernel to_text_kernel(const Type& from, const Type& to);    // anything to text; text and binary among themselves
Kernel from_text_kernel(const Type& from, const Type& to);  // text to anything but text and binary

// Fills a column of fixed width: convert(row, value&) answers the fault of each row that is not NULL.
template <class To, class Convert>
void convert_values(const ColumnJob& job, Convert convert) {
  const auto size = static_cast<std::size_t>(job.in.rows) * sizeof(To);
  job.out.values = job.in.validity == nullptr ? Buffer(size) : Buffer::zeroed(size);
  std::uint8_t* const values = job.out.values.data();
  for_each_set(job.in.validity, job.in.rows, [&](std::int64_t row) {
    To value{};
    const Fault fault = convert(row, value);
    if (fault != Fault::none) [[unlikely]] {
      job.faults.add(row, fault);
    }
    store(values, row, value);
  });
}

// The same for a column of bits.
template <class Convert>
void convert_bits(const ColumnJob& job, Convert convert) {
  job.out.values = Buffer::zeroed(bitmap_bytes(job.in.rows));
  for_each_set(job.in.validity, job.in.rows, [&](std::int64_t row) {
    bool value = false;
    const Fault fault = convert(row, value);
    if (fault != Fault::none) job.faults.add(row, fault);
    if (value) set_bit(job.out.values.data(), row);
  });
}

// Calls f.operator()<T>() with the C++ type of an integer or float column; its default result for any other type.
template <class F>
Kernel visit_plain_number(TypeId id, F f) {
  switch (id) {
    case TypeId::int8:
      return f.template operator()<std::int8_t>();
    case TypeId::int16:
      return f.template operator()<std::int16_t>();
    case TypeId::int32:
      return f.template operator()<std::int32_t>();
    case TypeId::int64:
      return f.template operator()<std::int64_t>();
    case TypeId::uint8:
      return f.template operator()<std::uint8_t>();
    case TypeId::uint16:
      return f.template operator()<std::uint16_t>();
    case TypeId::uint32:
      return f.template operator()<std::uint32_t>();
    case TypeId::uint64:
      return f.template operator()<std::uint64_t>();
    case TypeId::float32:
      return f.template operator()<float>();
    case TypeId::float64:
      return f.template operator()<double>();
    default:
      return nullptr;
  }
}

// Units of a second that a time, timestamp or duration counts in.
constexpr std::int64_t per_second(TypeId id) {
  return id == TypeId::time64_ns || id == TypeId::timestamp_ns ? 1'000'000'000 : 1'000'000;
}

}  // namespace sluice::record
