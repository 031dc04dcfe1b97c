// SPDX-License-Identifier: Apache-2.0
// Turns batches into lines of csv, text or JSON. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "date_time.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/batch_view.hpp"
#include "text_format.hpp"

namespace sluice::file {

inline void append(Buffer& out, std::string_view text) { out.append(text.data(), text.size()); }

struct RowFormat {
  TextFormat text;
  std::shared_ptr<const DatePattern> date_pattern;  // NULL: ISO
  std::vector<std::string> names;                   // of the columns
  std::vector<Type> types;
};

// A record that the format cannot hold. `column` -1: the record as a whole.
struct Unwritable {
  std::int32_t column;
  const char* code;
  const char* message;  // static
};

class RowWriter {
 public:
  virtual ~RowWriter() = default;
  // To be called before the rows of a batch are appended; the batch has to stay.
  virtual void begin(const Batch& batch) = 0;
  // Appends a line to `out`, or answers why it cannot (then `out` may hold a part of it).
  virtual const Unwritable* append(std::int64_t row, Buffer& out) = 0;
  // Appends the lines of this row and of some behind it, until `out` has enough bytes, where that is quicker than one
  // by one, and answers of how many. 0: append() it.
  virtual std::int64_t append_some(std::int64_t row, std::size_t enough, Buffer& out) {
    (void)row, (void)enough, (void)out;
    return 0;
  }
};

std::unique_ptr<RowWriter> csv_rows(const RowFormat& format);
std::unique_ptr<RowWriter> text_rows(const RowFormat& format);
std::unique_ptr<RowWriter> json_rows(const RowFormat& format);

std::unique_ptr<RowWriter> make_row_writer(const RowFormat& format);

// The header line of a csv or text.
std::string header_line(const TextFormat& format, const std::vector<std::string>& names);

}  // namespace sluice::file
