// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/batch_builder.hpp>

#include <cstdint>
#include <memory>
#include <utility>

#include "random.hpp"

namespace sluice::stream {

// Which records of a column are wanted.
struct Rows {
  RandomSequence random;  // of this column in this split
  uint64_t first;         // within the split
  uint64_t before;        // records of the splits before this one
  size_t count;
};

// Makes the values of one column. Does not change once made: several tasks may share it.
class Generator {
 public:
  virtual ~Generator() = default;
  virtual void fill(ColumnBuilder& out, const Rows& rows) const = 0;
};

// A fixed-width column: `draw(bits, ordinal)` answers the value, given random bits and the record's number in the job.
template <class T, class Draw>
class FixedGenerator : public Generator {
 public:
  explicit FixedGenerator(Draw draw) : draw_(std::move(draw)) {}
  void fill(ColumnBuilder& out, const Rows& rows) const override {
    T* values = out.extend<T>(rows.count);
    const uint64_t ordinal = rows.before + rows.first;
    for (size_t i = 0; i < rows.count; ++i) values[i] = draw_(rows.random.at(rows.first + i), ordinal + i);
  }

 private:
  Draw draw_;
};

template <class T, class Draw>
std::unique_ptr<Generator> fixed_generator(Draw draw) {
  return std::make_unique<FixedGenerator<T, Draw>>(std::move(draw));
}

// Any other column: `append(column, bits)` adds one value.
template <class Append>
class AppendingGenerator : public Generator {
 public:
  explicit AppendingGenerator(Append append) : append_(std::move(append)) {}
  void fill(ColumnBuilder& out, const Rows& rows) const override {
    for (size_t i = 0; i < rows.count; ++i) append_(out, rows.random.at(rows.first + i));
  }

 private:
  Append append_;
};

template <class Append>
std::unique_ptr<Generator> appending_generator(Append append) {
  return std::make_unique<AppendingGenerator<Append>>(std::move(append));
}

// NULL in about `percent` of a hundred records, else what `values` makes.
class NullableGenerator : public Generator {
 public:
  NullableGenerator(std::unique_ptr<Generator> values, uint64_t percent)
      : values_(std::move(values)), percent_(percent) {}
  void fill(ColumnBuilder& out, const Rows& rows) const override {
    for (size_t i = 0; i < rows.count; ++i) {
      const uint64_t bits = RandomSequence::again(rows.random.at(rows.first + i));
      if (RandomSequence::below(100, bits) < percent_)
        out.append_null();
      else
        values_->fill(out, {rows.random, rows.first + i, rows.before, 1});
    }
  }

 private:
  std::unique_ptr<Generator> values_;
  uint64_t percent_;
};

}  // namespace sluice::stream
