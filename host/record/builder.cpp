// SPDX-License-Identifier: Apache-2.0
#include "record/builder.hpp"

#include <array>
#include <cassert>
#include <memory>

#include "record/bitmap.hpp"

namespace sluice::record {
namespace {

// What stands behind the private_data of an assembled array.
struct Assembly {
  std::vector<Part> parts;
  std::vector<ArrowArray> columns;
  std::vector<ArrowArray*> pointers;
  std::vector<std::array<const void*, 3>> buffers;
  const void* no_validity = nullptr;
};

void release_assembly(ArrowArray* array) {
  delete static_cast<Assembly*>(array->private_data);
  array->release = nullptr;
}

// Columns live and die with their record: Batch never lets one be moved out (lend() gives away other structs).
void let_column_go(ArrowArray* column) { column->release = nullptr; }

const void* or_empty(const Buffer& buffer) {
  static constexpr std::int64_t nothing[4] = {};  // offsets of a column without rows; bytes of empty texts
  return buffer.data() == nullptr ? static_cast<const void*>(nothing) : buffer.data();
}

ArrowArray owned_column(const OwnedColumn& column, const Type& type, std::array<const void*, 3>& buffers) {
  buffers = {column.validity.size() == 0 ? nullptr : column.validity.data(), or_empty(column.values),
             or_empty(column.bytes)};
  ArrowArray array{};
  array.length = column.rows;
  array.null_count = type.id == TypeId::null_ ? column.rows : column.nulls;
  array.n_buffers = buffers_of(type.id);
  array.buffers = buffers.data();
  array.release = let_column_go;
  return array;
}

}  // namespace

ColumnView view_of(const OwnedColumn& column, const Type& type) {
  ColumnView view(type);
  view.rows = column.rows;
  if (column.validity.size() > 0) view.validity = column.validity.data();
  view.values = or_empty(column.values);
  view.bytes = static_cast<const char*>(or_empty(column.bytes));
  return view;
}

Batch assemble(std::vector<Part> parts, const Schema& schema, std::int64_t rows) {
  assert(parts.size() == schema.size());
  auto assembly = std::make_unique<Assembly>();
  const std::size_t columns = parts.size();
  assembly->parts = std::move(parts);
  assembly->columns.resize(columns);
  assembly->buffers.resize(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    const Part& part = assembly->parts[i];
    ArrowArray& column = assembly->columns[i];
    column =
        part.shared ? part.shared->column(part.index) : owned_column(part.owned, schema.type(i), assembly->buffers[i]);
    column.release = let_column_go;
    assert(column.length == rows);
    assembly->pointers.push_back(&column);
  }
  ArrowArray array{};
  array.length = rows;
  array.n_buffers = 1;
  array.buffers = &assembly->no_validity;
  array.n_children = static_cast<std::int64_t>(columns);
  array.children = assembly->pointers.data();
  array.release = release_assembly;
  array.private_data = assembly.release();
  return Batch(&array);
}

ColumnBuilder::ColumnBuilder(const Type& type) : type_(type) {
  if (is_variable(type.id)) append_offset();
}

void ColumnBuilder::append_offset() {
  const auto end = column_.bytes.size();
  if (has_large_offsets(type_.id)) return column_.values.append(static_cast<std::int64_t>(end));
  assert(end <= INT32_MAX);
  column_.values.append(static_cast<std::int32_t>(end));
}

// The bitmap is made at the first NULL.
void ColumnBuilder::mark(bool valid) {
  const std::int64_t row = column_.rows++;
  if (type_.id == TypeId::null_) return;
  const bool has_bitmap = column_.validity.size() > 0;
  if (!valid) ++column_.nulls;
  if (valid && !has_bitmap) return;
  if (!has_bitmap) {
    for (std::size_t i = 0; i < bitmap_bytes(row + 1); ++i) column_.validity.append(std::uint8_t{0xFF});
  }
  if (bitmap_bytes(row + 1) > column_.validity.size()) column_.validity.append(std::uint8_t{0xFF});
  if (!valid) clear_bit(column_.validity.data(), row);
}

void ColumnBuilder::append_null() {
  static constexpr std::uint8_t zeros[32] = {};
  mark(false);
  if (type_.id == TypeId::null_) return;
  if (is_variable(type_.id)) return append_offset();
  if (type_.id != TypeId::boolean) return column_.values.append(zeros, static_cast<std::size_t>(width_of(type_.id)));
  if (bitmap_bytes(column_.rows) > column_.values.size()) column_.values.append(std::uint8_t{0});
}

void ColumnBuilder::append_boolean(bool value) {
  assert(type_.id == TypeId::boolean);
  mark(true);
  if (bitmap_bytes(column_.rows) > column_.values.size()) column_.values.append(std::uint8_t{0});
  if (value) set_bit(column_.values.data(), column_.rows - 1);
}

void ColumnBuilder::append_value(const void* value, std::size_t width) {
  assert(static_cast<int>(width) == width_of(type_.id) && width > 0);
  mark(true);
  column_.values.append(value, width);
}

void ColumnBuilder::append_bytes(std::string_view bytes) {
  assert(is_variable(type_.id));
  mark(true);
  column_.bytes.append(bytes.data(), bytes.size());
  append_offset();
}

OwnedColumn ColumnBuilder::finish() {
  OwnedColumn done = std::move(column_);
  *this = ColumnBuilder(type_);
  return done;
}

BatchBuilder::BatchBuilder(const Schema& schema) : schema_(schema) {
  columns_.reserve(schema.size());
  for (const Field& field : schema.fields()) columns_.emplace_back(field.type);
}

Batch BatchBuilder::finish() {
  std::vector<Part> parts(columns_.size());
  const std::int64_t rows = columns_.empty() ? 0 : columns_.front().rows();
  for (std::size_t i = 0; i < columns_.size(); ++i) parts[i].owned = columns_[i].finish();
  return assemble(std::move(parts), schema_, rows);
}

}  // namespace sluice::record
