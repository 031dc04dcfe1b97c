// SPDX-License-Identifier: Apache-2.0
#include "engine/split_tally.hpp"

#include <utility>

namespace sluice::engine {
namespace {

constexpr std::uint64_t limit_asked_each = 1000;  // records that were never read

void name_column(DirtyRecord& record, const record::Schema& schema, std::int64_t column) {
  record.column = schema.field(static_cast<std::size_t>(column)).name;
  record.column_index = column;
}

}  // namespace

SplitTally::SplitTally(RunResources& run, const plugin::Split& split, std::uint32_t attempt)
    : run_(run), split_(split), number_(attempt), attempt_(run.link.attempt()), held_(run.job.processors.size() + 1) {}

void SplitTally::count_read(std::uint64_t records, std::uint64_t bytes) {
  run_.link.passed({.read = records, .bytes = bytes});
  const std::lock_guard lock(mutex_);
  counts_.read += records;
  counts_.bytes += bytes;
}

void SplitTally::count_filtered(std::uint64_t records) {
  const std::lock_guard lock(mutex_);
  counts_.filtered += records;
}

void SplitTally::count_added(std::uint64_t records) {
  const std::lock_guard lock(mutex_);
  counts_.added += records;
}

void SplitTally::count_skipped(std::uint64_t records) {
  const std::lock_guard lock(mutex_);
  counts_.skipped += records;
}

void SplitTally::count_handed(std::uint64_t records) {
  run_.link.passed({.written = records});
  const std::lock_guard lock(mutex_);
  handed_ += records;
}

DirtyRecord SplitTally::describe(const job::Step& step, std::string_view stage, const plugin::Rejection& why) const {
  DirtyRecord record;
  record.step = step.name;
  record.stage = stage;
  record.split = split_.key;
  record.attempt = number_;
  record.code = why.code;
  record.sqlstate = why.sqlstate;
  record.message = why.message;
  record.location = why.location;
  return record;
}

void SplitTally::refuse_unread(const job::Step& step, const plugin::Rejection& why) {
  DirtyRecord record = describe(step, "reader", why);
  const auto& source = run_.job.source;
  if (why.column >= 0 && static_cast<std::size_t>(why.column) < source.size()) name_column(record, source, why.column);
  record.raw = why.raw;
  attempt_->add(record);
  run_.link.passed({.dirty = 1});
  count_read(1, why.raw.size());
  if (dirty() % limit_asked_each == 1) is_beyond_limit();
}

void SplitTally::refuse_cast(const record::BadRecord& bad, const record::SharedBatch& batch,
                             const record::Schema& schema) {
  DirtyRecord record = describe(run_.job.job->writer, "cast", {.code = bad.code, .message = bad.message});
  name_column(record, schema, bad.column);
  record.batch = batch.get();
  record.schema = &schema;
  record.row = bad.row;
  attempt_->add(record);
  run_.link.passed({.dirty = 1});
}

void SplitTally::hold(std::size_t stage, Held held) {
  const std::lock_guard lock(mutex_);
  held_[stage].push_back(std::move(held));
}

void SplitTally::refuse(std::size_t stage, const job::Step& step, std::string_view stage_name,
                        const plugin::Rejection& why) {
  const std::lock_guard lock(mutex_);
  Held* found = nullptr;
  for (auto& held : held_[stage])
    if (held.ordinal == why.batch) found = &held;
  if (found == nullptr || why.row < 0 || why.row >= found->size)
    return breach(step, "refused a record that it does not have: batch " + std::to_string(why.batch) + ", row " +
                            std::to_string(why.row));
  if (found->refused.empty()) found->refused.resize(static_cast<std::size_t>(found->size));
  if (found->refused[static_cast<std::size_t>(why.row)]) return;  // one record, several reasons: the first counts
  found->refused[static_cast<std::size_t>(why.row)] = true;
  DirtyRecord record = describe(step, stage_name, why);
  if (why.column >= 0 && static_cast<std::size_t>(why.column) < found->schema->size())
    name_column(record, *found->schema, why.column);
  record.batch = found->original.get();
  record.schema = found->schema;
  record.row = found->rows.empty() ? why.row : found->rows[static_cast<std::size_t>(why.row)];
  attempt_->add(record);
  run_.link.passed({.dirty = 1});
  if (stage + 1 == held_.size()) ++refused_by_writer_;
}

void SplitTally::let_go(std::size_t stage) {
  std::deque<Held> gone;
  const std::lock_guard lock(mutex_);
  gone.swap(held_[stage]);
}

Counters SplitTally::counters() const {
  const std::lock_guard lock(mutex_);
  Counters sums = counts_;
  sums.dirty = attempt_->count();
  const std::uint64_t lost = refused_by_writer_ + counts_.skipped;
  sums.written = handed_ > lost ? handed_ - lost : 0;
  return sums;
}

bool SplitTally::is_beyond_limit() {
  if (!limit_crossed_) limit_crossed_ = run_.link.is_crossed_by(dirty());
  return limit_crossed_;
}

std::optional<plugin::Failure> SplitTally::failure() const {
  const std::lock_guard lock(mutex_);
  return breach_ ? breach_ : attempt_->failure();
}

void SplitTally::breach(const job::Step& step, std::string text) {
  if (!breach_) breach_ = plugin::breach("step " + step.name, text);
}

plugin::Result<void> TaskServices::reserve(std::uint64_t bytes) {
  const Watchdog::Pause waits_for_others;
  return StepServices::reserve(bytes);
}

void TaskServices::reject(const plugin::Rejection& rejection) {
  if (kind_ == plugin::Kind::reader) return tally_.refuse_unread(step(), rejection);
  tally_.refuse(stage_, step(), kind_ == plugin::Kind::writer ? "writer" : "processor", rejection);
}

}  // namespace sluice::engine
