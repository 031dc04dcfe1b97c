// SPDX-License-Identifier: Apache-2.0
#include "mysql/read_task.hpp"

#include <algorithm>
#include <cstring>

#include "mysql/decode.hpp"
#include "sql/free_buffer.hpp"

namespace sluice::mysql {

namespace {

constexpr size_t longest_shown_value = 200;

std::string shown(const ColumnCodec& codec, const sql::FieldBytes& field) {
  if (field.size < 0) return "NULL";
  const char* const value = field.data;
  const auto size = static_cast<size_t>(field.size);
  if (codec.codec == Codec::binary || codec.codec == Codec::bits) return "(" + std::to_string(size) + " bytes)";
  size_t length = std::min(size, longest_shown_value);
  while (length > 0 && length < size && (value[length] & 0xC0) == 0x80) --length;
  return std::string(value, length) + (length < size ? "..." : "");
}

}  // namespace

MysqlReadTask::MysqlReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes,
                             std::function<Lane()> take_lane, std::string statement, std::string label)
    : context_(context),
      selection_(std::move(selection)),
      lanes_(std::move(lanes)),
      take_lane_(std::move(take_lane)),
      statement_(std::move(statement)),
      label_(std::move(label)),
      block_(selection_->codecs.size()),
      memory_(context_, sql::free_buffer),
      builder_(selection_->schema, selection_->buffers) {}

void MysqlReadTask::start() {
  lane_ = take_lane_();
  cancellation_.watch(*lane_.connection);
  rows_.emplace(*lane_.connection, statement_, "read " + label_);
  if (rows_->columns() != selection_->codecs.size())
    throw bad_data("read " + label_ + ": the server answers another number of columns than before");
}

// cancel() does not come any more: the next split may have the connection.
MysqlReadTask::~MysqlReadTask() {
  rows_.reset();
  if (lane_.connection && lane_.connection->is_alive()) lanes_->give(std::move(lane_));
}

bool MysqlReadTask::next(ArrowArray* out) {
  context_.throw_if_cancelled();
  if (!rows_) start();
  const auto target = context_.batch_target();
  const auto most = std::max<uint64_t>(1, target.records), most_bytes = std::max<uint64_t>(1, target.bytes);
  const auto records = [&] { return static_cast<uint64_t>(builder_.size()); };
  // A builder of many columns has bytes without a record.
  const auto has_room = [&] { return records() == 0 || builder_.bytes() < most_bytes; };
  while (!rows_->is_at_end() && records() < most && has_room()) {
    while (take_row(most - records(), most_bytes)) {
    }
    decode_block();
  }
  if (builder_.size() == 0) return false;
  builder_.finish(out);
  return true;
}

// One more row into the block; false when that has to be decoded first.
bool MysqlReadTask::take_row(uint64_t most_records, uint64_t most_bytes) {
  if (block_.rows() == most_records || block_.is_full() || block_.bytes() >= most_bytes) return false;
  const MYSQL_ROW row = rows_->next();
  return row != nullptr && add(row);
}

// The client library keeps a row as it came, its values one behind the other, so that one copy does for all. False
// when there is none: the row is there until the next is asked for.
bool MysqlReadTask::add(MYSQL_ROW row) {
  const unsigned long* const lengths = rows_->lengths();
  const size_t columns = block_.columns();
  const auto is_null = [&](size_t i) { return row[i] == nullptr; };
  size_t first = 0, last = columns;
  while (first < columns && is_null(first)) ++first;
  while (last > first && is_null(last - 1)) --last;
  const char* const begin = first == last ? nullptr : row[first];
  const size_t bytes = first == last ? 0 : static_cast<size_t>(row[last - 1] + lengths[last - 1] - begin);
  char* const copy = block_.room(bytes);
  if (copy != nullptr && bytes != 0) std::memcpy(copy, begin, bytes);
  const char* const base = copy != nullptr ? copy : begin;
  const size_t number = block_.rows();
  for (size_t i = 0; i < columns; ++i)
    block_.column(i)[number] = {is_null(i) ? nullptr : base + (row[i] - begin),
                                is_null(i) ? -1 : static_cast<int64_t>(lengths[i])};
  block_.end_row(bytes, copy != nullptr);
  memory_.grow_to(bytes);
  return copy != nullptr;
}

void MysqlReadTask::decode_block() {
  const auto decode_one = [&](const sql::FieldColumn& column, ColumnBuilder& to, sql::Unreadable& unreadable) {
    decode_column(selection_->codecs[column.index], column, to, unreadable);
  };
  for (const auto& bad : block_.decode(builder_, decode_one, [&](size_t row) { return record_text(row); }))
    context_.reject({.column = static_cast<int32_t>(bad.column),
                     .code = bad.fault.code,
                     .message = bad.fault.message,
                     .raw = bad.record,
                     .location = label_});
}

std::string MysqlReadTask::record_text(size_t row) const {
  std::string text;
  for (size_t i = 0; i < block_.columns(); ++i)
    text += (i == 0 ? "" : ", ") + shown(selection_->codecs[i], block_.at(row, i));
  return text;
}

}  // namespace sluice::mysql
