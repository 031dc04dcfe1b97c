// SPDX-License-Identifier: Apache-2.0
#include "record/validate.hpp"

#include <algorithm>

#include "record/column.hpp"
#include "record/decimal.hpp"
#include "record/utf8.hpp"

namespace sluice::record {
namespace {

using Problem = std::optional<std::string>;

constexpr std::int64_t max_rows = INT32_MAX;

std::string number(std::int64_t value) { return std::to_string(value); }

bool misaligned(const void* pointer, int width) {
  return reinterpret_cast<std::uintptr_t>(pointer) % static_cast<std::uintptr_t>(std::min(width, 8)) != 0;
}

Problem shape_problem(const ArrowArray& column, const Type& type, std::int64_t rows) {
  const int buffers = buffers_of(type.id);
  if (column.release == nullptr) return "it was released already";
  if (column.length != rows) return "its length is not the batch's: " + number(column.length) + ", not " + number(rows);
  if (column.offset != 0) return "its offset must be 0: " + number(column.offset);
  if (column.n_children != 0) return "it has children, but its type is not nested";
  if (column.dictionary != nullptr) return "it has a dictionary";
  if (column.null_count < -1 || column.null_count > rows) return "impossible null count: " + number(column.null_count);
  if (column.n_buffers != buffers) {
    return "wrong number of buffers for " + name_of(type) + ": " + number(column.n_buffers) + ", not " +
           number(buffers);
  }
  if (buffers > 0 && column.buffers == nullptr) return "its list of buffers is NULL";
  return {};
}

Problem null_problem(const ArrowArray& column, const Type& type) {
  if (type.id == TypeId::null_ || column.length == 0) return {};
  const auto* bits = static_cast<const std::uint8_t*>(column.buffers[0]);
  if (bits == nullptr) {
    if (column.null_count > 0) return "it has NULLs, but no validity bitmap: null count " + number(column.null_count);
    return {};
  }
  const std::int64_t nulls = column.length - count_bits(bits, column.length);
  if (column.null_count == -1 || column.null_count == nulls) return {};
  return "the null count is not the bitmap's: " + number(column.null_count) + ", not " + number(nulls);
}

Problem values_problem(const ArrowArray& column, const Type& type) {
  if (type.id == TypeId::null_ || column.length == 0) return {};
  const void* values = column.buffers[1];
  if (values == nullptr) return is_variable(type.id) ? "its offsets are NULL" : "its values are NULL";
  const int width = is_variable(type.id) ? (has_large_offsets(type.id) ? 8 : 4) : std::max(width_of(type.id), 1);
  if (misaligned(values, width)) return "its values are not aligned to " + number(std::min(width, 8)) + " bytes";
  if (!is_variable(type.id)) return {};
  const ColumnView view(column, type);
  const std::int64_t first = view.offset(0);
  const std::int64_t last = view.offset(column.length);
  if (first < 0) return "its first offset is negative: " + number(first);
  if (last < first) return "its last offset is before its first: " + number(last) + ", " + number(first);
  if (last > first && column.buffers[2] == nullptr) return "its bytes are NULL";
  return {};
}

Problem at_row(std::int64_t row, std::string text) { return std::move(text) + ", row " + number(row); }

Problem offsets_problem(const ColumnView& view) {
  for (std::int64_t row = 0; row < view.rows; ++row) {
    if (view.offset(row + 1) < view.offset(row)) return at_row(row, "its offsets go back");
  }
  return {};
}

// The first valid row whose value is not good.
template <class Good>
Problem first_bad(const ColumnView& view, const char* text, Good good) {
  std::int64_t bad = -1;
  for_each_set(view.validity, view.rows, [&](std::int64_t row) {
    if (bad < 0 && !good(row)) bad = row;
  });
  if (bad >= 0) return at_row(bad, text);
  return {};
}

Problem content_problem(const ArrowArray& column, const Type& type) {
  const ColumnView view(column, type);
  if (is_variable(type.id)) {
    if (Problem problem = offsets_problem(view)) return problem;
  }
  if (is_text(type.id)) {
    return first_bad(view, "its text is not valid UTF-8", [&](std::int64_t row) { return is_utf8(view.text(row)); });
  }
  const char* const digits = "the decimal has more digits than its precision";
  if (type.id == TypeId::decimal128) {
    return first_bad(view, digits,
                     [&](std::int64_t row) { return fits_precision(view.at<Int128>(row), type.precision); });
  }
  if (type.id == TypeId::decimal256) {
    return first_bad(view, digits,
                     [&](std::int64_t row) { return fits_precision(load_256(view.values, row), type.precision); });
  }
  if (is_time(type.id)) {
    const std::int64_t day = type.id == TypeId::time64_us ? 86'400'000'000 : 86'400'000'000'000;
    return first_bad(view, "the time is not within a day", [&](std::int64_t row) {
      return view.at<std::int64_t>(row) >= 0 && view.at<std::int64_t>(row) <= day;
    });
  }
  return {};
}

Problem column_problem(const ArrowArray* column, const Type& type, std::int64_t rows, Validation how) {
  if (column == nullptr) return "the pointer is NULL";
  if (Problem problem = shape_problem(*column, type, rows)) return problem;
  if (Problem problem = null_problem(*column, type)) return problem;
  if (Problem problem = values_problem(*column, type)) return problem;
  if (how == Validation::quick || rows == 0) return {};
  return content_problem(*column, type);
}

Problem record_problem(const ArrowArray& array, const Schema& schema) {
  if (array.release == nullptr) return "it was never set or is released already";
  if (array.length < 0 || array.length > max_rows) return "impossible number of rows: " + number(array.length);
  if (array.offset != 0) return "its offset must be 0: " + number(array.offset);
  if (array.n_children != static_cast<std::int64_t>(schema.size())) {
    return "its number of columns is not the schema's: " + number(array.n_children) + ", not " +
           number(static_cast<std::int64_t>(schema.size()));
  }
  if (array.children == nullptr && array.n_children > 0) return "its list of columns is NULL";
  if (array.dictionary != nullptr) return "it has a dictionary";
  if (array.n_buffers < 0 || array.n_buffers > 1) return "it must have one buffer: " + number(array.n_buffers);
  const bool has_bitmap = array.n_buffers == 1 && array.buffers != nullptr && array.buffers[0] != nullptr;
  if (array.null_count > 0 || (array.null_count != 0 && has_bitmap)) return "a record as a whole cannot be NULL";
  return {};
}

}  // namespace

std::optional<std::string> validate(const ArrowArray& array, const Schema& schema, Validation how) {
  if (Problem problem = record_problem(array, schema)) return "invalid batch: " + *problem;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const Field& field = schema.field(i);
    if (Problem problem = column_problem(array.children[i], field.type, array.length, how)) {
      return "invalid batch: " + label_of(i, field.name) + ": " + *problem;
    }
  }
  return {};
}

}  // namespace sluice::record
