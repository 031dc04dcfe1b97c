// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/context.hpp>
#include <sluice/schema.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "generator.hpp"

namespace sluice::stream {

// One column of the reader, as the job declares it.
struct Column {
  Field field;
  std::unique_ptr<Generator> generator;
  uint64_t width;  // about how many bytes a value has
};

// What is wrong with a column's declaration; `path` is inside `parameter`.
struct ColumnProblem {
  std::string path;
  std::string message;
  std::string advice;
};

struct Columns {
  std::vector<Column> list;
  std::vector<ColumnProblem> problems;
};

// All columns of `parameter.column`; the list is whole when there are no problems.
Columns read_columns(const Context& context);

}  // namespace sluice::stream
