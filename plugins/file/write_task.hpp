// SPDX-License-Identifier: Apache-2.0
// Writes one split into parts aside.
#pragma once

#include <memory>
#include <optional>

#include "encoding.hpp"
#include "part_writer.hpp"
#include "row_writer.hpp"
#include "sluice/plugin.hpp"

namespace sluice::file {

class FileWriteTask : public WriteTask {
 public:
  // `header`: what each part begins with.
  FileWriteTask(Context context, const Staging& staging, const RowFormat& format, std::string header,
                std::uint64_t max_file_size);

  void write(Batch batch, std::int64_t ordinal) override;
  void commit(const SluiceCounters& counters) override;
  void abort() noexcept override;

 private:
  // Appends what row `row` is to `lines_`, or refuses it.
  void write_row(std::int64_t row, std::int64_t ordinal);
  void refuse(std::int64_t row, std::int64_t ordinal, const Unwritable& why);
  void write_lines();

  Context context_;
  const Staging& staging_;
  std::unique_ptr<RowWriter> rows_;
  std::optional<Encoder> encoder_;
  std::unique_ptr<PartWriter> parts_;
  Buffer lines_;
  std::string encoded_;
};

}  // namespace sluice::file
