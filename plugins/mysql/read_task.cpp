// SPDX-License-Identifier: Apache-2.0
#include "mysql/read_task.hpp"

#include <algorithm>

#include "mysql/decode.hpp"

namespace sluice::mysql {

namespace {

// Asking for the batch's size costs a look at each column.
constexpr uint64_t bytes_between_looks = 16 << 10;
constexpr size_t longest_shown_value = 200;

std::string shown(const ColumnCodec& codec, const char* value, size_t size) {
  if (value == nullptr) return "NULL";
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
      builder_(selection_->schema) {}

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
  const auto most = static_cast<int64_t>(std::max<uint64_t>(1, target.records));
  const uint64_t between_looks = std::min<uint64_t>(bytes_between_looks, target.bytes);
  unseen_bytes_ = between_looks;
  while (builder_.size() < most) {
    if (unseen_bytes_ >= between_looks) {
      if (builder_.size() > 0 && builder_.bytes() >= target.bytes) break;
      unseen_bytes_ = 0;
    }
    if (rows_->is_at_end() || !add_record()) break;
  }
  if (builder_.size() == 0) return false;
  builder_.finish(out);
  return true;
}

// One more record, or one more dirty one; false at the end.
bool MysqlReadTask::add_record() {
  const MYSQL_ROW row = rows_->next();
  if (row == nullptr) return false;
  const unsigned long* const lengths = rows_->lengths();
  const auto& codecs = selection_->codecs;
  for (size_t i = 0; i < codecs.size(); ++i) {
    unseen_bytes_ += lengths[i] + 8;
    if (row[i] == nullptr) {
      builder_.column(i).append_null();
      continue;
    }
    if (const auto fault = decode(codecs[i], {row[i], lengths[i]}, builder_.column(i)); fault) [[unlikely]] {
      reject(i, fault, row);
      break;
    }
  }
  return true;
}

void MysqlReadTask::reject(size_t column, const sql::Fault& fault, MYSQL_ROW row) {
  builder_.truncate(builder_.size());
  const auto& codecs = selection_->codecs;
  std::string record;
  for (size_t i = 0; i < codecs.size(); ++i)
    record += (i == 0 ? "" : ", ") + shown(codecs[i], row[i], rows_->lengths()[i]);
  context_.reject({.column = static_cast<int32_t>(column),
                   .code = fault.code,
                   .message = fault.message,
                   .raw = record,
                   .location = label_});
}

}  // namespace sluice::mysql
