// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "record/builder.hpp"
#include "record/column.hpp"

namespace sluice::record {
namespace {

// Neighbouring rows.
struct Run {
  std::int64_t begin;
  std::int64_t count;
};

std::vector<Run> runs_of(std::span<const std::int64_t> rows) {
  std::vector<Run> runs;
  for (const std::int64_t row : rows) {
    if (!runs.empty() && runs.back().begin + runs.back().count == row) {
      ++runs.back().count;
    } else {
      runs.push_back({row, 1});
    }
  }
  return runs;
}

Buffer select_bits(const std::uint8_t* bits, std::span<const Run> runs, std::int64_t rows) {
  Buffer out = Buffer::zeroed(bitmap_bytes(rows));
  std::int64_t to = 0;
  for (const Run& run : runs) {
    copy_bits(out.data(), to, bits, run.begin, run.count);
    to += run.count;
  }
  return out;
}

Buffer select_values(const void* values, std::size_t width, std::span<const Run> runs, std::int64_t rows) {
  Buffer out;
  out.reserve(static_cast<std::size_t>(rows) * width);
  const auto* bytes = static_cast<const std::uint8_t*>(values);
  for (const Run& run : runs)
    out.append(bytes + static_cast<std::size_t>(run.begin) * width, static_cast<std::size_t>(run.count) * width);
  return out;
}

template <class Offset>
void select_texts(const ColumnView& column, std::span<const Run> runs, OwnedColumn& out) {
  Offset end = 0;
  out.values.append(end);
  for (const Run& run : runs) {
    const auto begin = column.at<Offset>(run.begin);
    const Offset shift = end - begin;
    for (std::int64_t row = run.begin + 1; row <= run.begin + run.count; ++row) {
      end = column.at<Offset>(row) + shift;
      out.values.append(end);
    }
    out.bytes.append(column.bytes + begin, static_cast<std::size_t>(end - shift - begin));
  }
}

OwnedColumn select_column(const ColumnView& column, std::span<const Run> runs, std::int64_t rows) {
  OwnedColumn out;
  out.rows = rows;
  if (column.type.id == TypeId::null_ || rows == 0) return out;
  if (column.validity != nullptr) {
    out.validity = select_bits(column.validity, runs, rows);
    out.nulls = rows - count_bits(out.validity.data(), rows);
  }
  if (column.type.id == TypeId::boolean) {
    out.values = select_bits(static_cast<const std::uint8_t*>(column.values), runs, rows);
  } else if (!is_variable(column.type.id)) {
    out.values = select_values(column.values, static_cast<std::size_t>(width_of(column.type.id)), runs, rows);
  } else if (has_large_offsets(column.type.id)) {
    select_texts<std::int64_t>(column, runs, out);
  } else {
    select_texts<std::int32_t>(column, runs, out);
  }
  return out;
}

}  // namespace

Batch select(const Batch& batch, const Schema& schema, std::span<const std::int64_t> rows) {
  const std::vector<Run> runs = runs_of(rows);
  const auto count = static_cast<std::int64_t>(rows.size());
  std::vector<Part> parts(schema.size());
  for (std::size_t i = 0; i < schema.size(); ++i) {
    parts[i].owned = select_column({batch.column(i), schema.type(i)}, runs, count);
  }
  return assemble(std::move(parts), schema, count);
}

}  // namespace sluice::record
