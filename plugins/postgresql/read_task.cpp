// SPDX-License-Identifier: Apache-2.0
#include "postgresql/read_task.hpp"

#include <algorithm>

#include "sql/free_buffer.hpp"

namespace sluice::postgresql {

PostgresReadTask::PostgresReadTask(Context context, std::shared_ptr<const Selection> selection,
                                   std::shared_ptr<Lanes> lanes, std::function<Lane()> take_lane, std::string statement,
                                   std::string label)
    : context_(context),
      selection_(std::move(selection)),
      lanes_(std::move(lanes)),
      take_lane_(std::move(take_lane)),
      statement_(std::move(statement)),
      label_(std::move(label)),
      decoder_(selection_->codecs, selection_->check_text),
      memory_(context_, sql::free_buffer),
      builder_(selection_->schema, selection_->buffers) {}

void PostgresReadTask::start() {
  lane_ = take_lane_();
  cancellation_.watch(*lane_.connection);
  rows_.emplace(*lane_.connection, statement_, "read " + label_);
}

bool PostgresReadTask::next(ArrowArray* out) {
  context_.throw_if_cancelled();
  if (!rows_) start();
  const auto target = context_.batch_target();
  const uint64_t most = std::max<uint64_t>(1, target.records);
  // A builder of many columns has bytes without a record.
  const auto has_room = [&] { return builder_.size() == 0 || builder_.bytes() < target.bytes; };
  while (!at_end_ && static_cast<uint64_t>(builder_.size()) < most && has_room()) {
    at_end_ = !fill_block(most - static_cast<uint64_t>(builder_.size()));
    decode_block();
  }
  if (builder_.size() > 0) {
    builder_.finish(out);
    return true;
  }
  return false;
}

// cancel() does not come any more: the next split may have the connection.
PostgresReadTask::~PostgresReadTask() {
  if (at_end_ && lane_.connection->is_alive() && !lane_.connection->is_cancelled()) lanes_->give(std::move(lane_));
}

bool PostgresReadTask::fill_block(uint64_t most_records) {
  CopyRow row;
  while (!decoder_.is_full() && decoder_.rows() < most_records) {
    if (!rows_->next(decoder_.room(), row)) return false;
    memory_.grow_to(2 * row.fields.size());
    decoder_.add(row);
  }
  return true;
}

void PostgresReadTask::decode_block() {
  if (decoder_.rows() == 0) return;
  decoder_.decode(builder_);
  for (const auto& bad : decoder_.unreadable())
    context_.reject({.column = static_cast<int32_t>(bad.column),
                     .code = bad.fault.code,
                     .message = bad.fault.message,
                     .raw = bad.record,
                     .location = label_});
}

}  // namespace sluice::postgresql
