// SPDX-License-Identifier: Apache-2.0
#include "record/batch.hpp"

#include <atomic>
#include <utility>
#include <vector>

#include "record/column.hpp"

namespace sluice::record {
namespace {

// What a lent array and each of its columns point at: whoever is released last drops the reference.
struct Loan {
  SharedBatch batch;
  std::atomic<std::size_t> parts;
  std::vector<ArrowArray> columns;
  std::vector<ArrowArray*> pointers;
};

void drop(Loan* loan) {
  if (loan->parts.fetch_sub(1, std::memory_order_acq_rel) == 1) delete loan;
}

void release_column(ArrowArray* column) {
  column->release = nullptr;
  drop(static_cast<Loan*>(column->private_data));
}

void release_lent(ArrowArray* array) {
  auto* loan = static_cast<Loan*>(array->private_data);
  for (ArrowArray* column : loan->pointers) {
    if (column->release != nullptr) column->release(column);  // NULL: moved out
  }
  array->release = nullptr;
  drop(loan);
}

ArrowArray lent_column(const ArrowArray& column, Loan* loan) {
  ArrowArray lent = column;
  lent.release = release_column;
  lent.private_data = loan;
  return lent;
}

std::uint64_t column_size(const ColumnView& column) {
  const auto rows = static_cast<std::uint64_t>(column.rows);
  std::uint64_t size = column.validity == nullptr ? 0 : bitmap_bytes(column.rows);
  if (column.type.id == TypeId::boolean) return size + bitmap_bytes(column.rows);
  if (!is_variable(column.type.id)) return size + rows * static_cast<std::uint64_t>(width_of(column.type.id));
  if (rows == 0) return size;
  size += (rows + 1) * (has_large_offsets(column.type.id) ? 8 : 4);
  return size + static_cast<std::uint64_t>(column.offset(column.rows) - column.offset(0));
}

}  // namespace

Batch::Batch(ArrowArray* raw) noexcept : raw_(*raw) { raw->release = nullptr; }
Batch::Batch(Batch&& other) noexcept : raw_(std::exchange(other.raw_, {})) {}

Batch& Batch::operator=(Batch&& other) noexcept {
  std::swap(raw_, other.raw_);
  return *this;
}

Batch::~Batch() {
  if (raw_.release != nullptr) raw_.release(&raw_);
}

ArrowArray lend(SharedBatch batch) {
  const ArrowArray& raw = batch->raw();
  auto* loan = new Loan{std::move(batch), raw.n_children + 1u, {}, {}};
  loan->columns.reserve(static_cast<std::size_t>(raw.n_children));
  for (std::int64_t i = 0; i < raw.n_children; ++i) {
    loan->columns.push_back(lent_column(*raw.children[i], loan));
    loan->pointers.push_back(&loan->columns.back());
  }
  ArrowArray out = raw;
  out.children = loan->pointers.data();
  out.release = release_lent;
  out.private_data = loan;
  return out;
}

std::uint64_t byte_size(const Batch& batch, const Schema& schema) {
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < schema.size(); ++i) size += column_size({batch.column(i), schema.type(i)});
  return size;
}

}  // namespace sluice::record
