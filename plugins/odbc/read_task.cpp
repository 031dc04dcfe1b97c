// SPDX-License-Identifier: Apache-2.0
#include "odbc/read_task.hpp"

namespace sluice::odbc {

OdbcReadTask::OdbcReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes,
                           std::function<Lane()> take_lane, std::string sql, std::string label, int64_t fetch_size)
    : context_(context),
      selection_(std::move(selection)),
      lanes_(std::move(lanes)),
      take_lane_(std::move(take_lane)),
      sql_(std::move(sql)),
      label_(std::move(label)),
      fetch_size_(fetch_size),
      memory_(context_, sql::free_buffer),
      builder_(selection_->schema, selection_->buffers) {
  // Here, where nobody waits for the task yet.
  memory_.grow_to(RowBlock::most_bytes(selection_->codecs, fetch_size_));
}

void OdbcReadTask::start() {
  lane_ = take_lane_();
  cancellation_.watch(*lane_.connection);
  statement_.emplace(*lane_.connection, "read " + label_);
  block_.emplace(*statement_, selection_->codecs, fetch_size_, memory_);
  statement_->prepare(sql_);
  statement_->execute();
}

// cancel() does not come any more: the next split may have the connection.
OdbcReadTask::~OdbcReadTask() {
  block_.reset();
  statement_.reset();
  if (at_end_ && lane_.connection->is_alive()) lanes_->give(std::move(lane_));
}

bool OdbcReadTask::next(ArrowArray* out) {
  context_.throw_if_cancelled();
  if (!block_) start();
  const auto target = context_.batch_target();
  const uint64_t most = std::max<uint64_t>(1, target.records);
  // A builder of many columns has bytes without a record.
  const auto has_room = [&] { return builder_.size() == 0 || builder_.bytes() < target.bytes; };
  while (static_cast<uint64_t>(builder_.size()) < most && has_room()) {
    if (block_->is_empty() && (at_end_ || (at_end_ = !block_->fetch()))) break;
    block_->decode(builder_, most, target.bytes, [this](const BadRecord& bad) { refuse(bad); });
  }
  if (builder_.size() == 0) return false;
  builder_.finish(out);
  return true;
}

void OdbcReadTask::refuse(const BadRecord& bad) {
  context_.reject({.column = bad.column, .code = bad.code, .message = bad.message, .raw = bad.raw, .location = label_});
}

}  // namespace sluice::odbc
