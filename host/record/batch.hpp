// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/arrow_c_data.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "record/schema.hpp"

namespace sluice::record {

// Records in columns: one owned ArrowArray of struct kind. What it holds never changes, so reading is safe from any
// thread. A batch that came from a plugin must have passed validate() before anything else here sees it.
class Batch {
 public:
  Batch() = default;
  // Moves the array in; `raw->release` is NULL afterwards.
  explicit Batch(ArrowArray* raw) noexcept;
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch();

  explicit operator bool() const { return raw_.release != nullptr; }
  std::int64_t rows() const { return raw_.length; }
  std::size_t columns() const { return static_cast<std::size_t>(raw_.n_children); }
  const ArrowArray& column(std::size_t i) const { return *raw_.children[i]; }
  const ArrowArray& raw() const { return raw_; }

 private:
  ArrowArray raw_{};
};

// How the host keeps records that a writer still holds.
using SharedBatch = std::shared_ptr<const Batch>;

inline SharedBatch share(Batch batch) { return std::make_shared<const Batch>(std::move(batch)); }

// An array over the same memory, to give away: its release (any thread, any time) drops the reference. Its columns
// may be moved out and released one by one.
ArrowArray lend(SharedBatch);

// What the values occupy: bitmaps, values, offsets, bytes. Independent of how much memory stands behind them.
std::uint64_t byte_size(const Batch&, const Schema&);

// A copy of the given rows (ascending, no row twice). Runs of neighbours are copied in one go.
Batch select(const Batch&, const Schema&, std::span<const std::int64_t> rows);

}  // namespace sluice::record
