// SPDX-License-Identifier: Apache-2.0
#include "write_task.hpp"

namespace sluice::file {

namespace {

constexpr std::size_t piece = std::size_t{256} << 10;

}  // namespace

FileWriteTask::FileWriteTask(Context context, const Staging& staging, const RowFormat& format, std::string header,
                             std::uint64_t max_file_size)
    : context_(context), staging_(staging), rows_(make_row_writer(format)) {
  if (!is_utf8_name(format.text.encoding)) encoder_.emplace(format.text.encoding);
  parts_ = std::make_unique<PartWriter>(staging, staging.part_name(context.split()), format.text.compression,
                                        std::move(header), max_file_size);
}

void FileWriteTask::write(Batch batch, std::int64_t ordinal) {
  rows_->begin(batch);
  for (std::int64_t row = 0; row < batch.size();) {
    if (const std::int64_t count = encoder_ ? 0 : rows_->append_some(row, piece, lines_); count != 0)
      row += count;
    else
      write_row(row++, ordinal);
    if (lines_.size() >= piece) write_lines();
  }
  write_lines();
}

void FileWriteTask::write_row(std::int64_t row, std::int64_t ordinal) {
  static constexpr Unwritable no_such_character{-1, "encoding", "a character that the file's encoding does not have"};
  const std::size_t before = lines_.size();
  const Unwritable* why = rows_->append(row, lines_);
  if (why == nullptr && encoder_) {
    encoded_.clear();
    const bool fits = encoder_->append({lines_.data() + before, lines_.size() - before}, encoded_);
    lines_.resize(before);
    if (fits)
      lines_.append(encoded_.data(), encoded_.size());
    else
      why = &no_such_character;
  }
  if (why == nullptr) return;
  lines_.resize(before);
  refuse(row, ordinal, *why);
}

void FileWriteTask::refuse(std::int64_t row, std::int64_t ordinal, const Unwritable& why) {
  context_.reject({.batch = ordinal, .row = row, .column = why.column, .code = why.code, .message = why.message});
}

void FileWriteTask::write_lines() {
  if (lines_.size() != 0) parts_->write({lines_.data(), lines_.size()});
  lines_.clear();
}

void FileWriteTask::commit(const SluiceCounters& counters) {
  Commit commit{std::string(context_.split()), parts_->finish(), counters};
  staging_.commit(commit);
}

void FileWriteTask::abort() noexcept { parts_.reset(); }

}  // namespace sluice::file
