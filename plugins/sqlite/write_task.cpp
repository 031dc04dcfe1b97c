// SPDX-License-Identifier: Apache-2.0
#include "sqlite/write_task.hpp"

#include <algorithm>

#include "sql/narrow.hpp"
#include "sql/suggest.hpp"
#include "sqlite/failure.hpp"
#include "sqlite/marks.hpp"

namespace sluice::sqlite {

SqliteWriteTask::SqliteWriteTask(Context context, std::unique_ptr<WriteConnection> connection, bool marked,
                                 Return give_back)
    : context_(context), write_(std::move(connection)), marked_(marked), give_back_(std::move(give_back)) {}

SqliteWriteTask::~SqliteWriteTask() { give_back_(std::move(write_)); }

void SqliteWriteTask::begin() {
  if (begun_) return;
  connection().run("BEGIN IMMEDIATE", "begin to write");
  begun_ = true;
  if (write_->holds_batches) begin_piece(connection());
}

void SqliteWriteTask::write(Batch batch, int64_t ordinal) {
  context_.throw_if_cancelled();
  begin();
  ordinal_ = ordinal;
  refuse_bad_values(batch);
  write_->rows.load(batch, left_out_);
  insert_rows(0, batch.size());
  write_->rows.unload();
  if (write_->holds_batches) hold(std::move(batch));
}

void SqliteWriteTask::hold(Batch batch) {
  left_out_.insert(left_out_.end(), refused_.begin(), refused_.end());
  std::sort(left_out_.begin(), left_out_.end());
  held_.push_back({std::move(batch), ordinal_, left_out_});
}

void SqliteWriteTask::refuse_bad_values(const Batch& batch) {
  bad_values_.clear();
  left_out_.clear();
  refused_.clear();
  for (size_t i = 0; i < write_->checks.size(); ++i)
    if (write_->checks[i] != nullptr)
      find_bad_values(batch.column(i, write_->target.wanted[i].type), i, write_->checks[i], bad_values_);
  if (bad_values_.empty()) return;
  keep_first_of_each_row(bad_values_);
  for (const auto& bad : bad_values_) {
    left_out_.push_back(bad.row);
    context_.reject({.batch = ordinal_,
                     .row = bad.row,
                     .column = static_cast<int32_t>(bad.column),
                     .code = bad.why->code,
                     .message = bad.why->message});
  }
}

// One statement for all; where it fails at a row, the rows before it are written again without it (SQLite took them
// back with the statement) and those behind it go on. No row is tried more than three times.
void SqliteWriteTask::insert_rows(int64_t first, int64_t end) {
  while (first < end && !insert_piece(first, end)) {
    const int64_t bad = write_->rows.current();
    // Foreign keys are checked at the end of a statement, and triggers make SQLite copy the rows first: no row is
    // named.
    if (bad < first || write_->target.table.has_triggers) return insert_narrowly(first, end);
    const int code = failed_code_;
    const std::string message = failed_message_;
    if (bad > first && !insert_piece(first, bad)) insert_narrowly(first, bad);
    failed_code_ = code;
    failed_message_ = message;
    refuse_record(bad);
    first = bad + 1;
  }
}

void SqliteWriteTask::insert_narrowly(int64_t first, int64_t end) {
  sql::narrow(
      first, end - first, [&](int64_t at, int64_t count) { return insert_piece(at, at + count); },
      [&](int64_t row) { refuse_record(row); });
}

// False when a record is to blame: nothing of the piece is there then. Throws for everything else.
bool SqliteWriteTask::insert_piece(int64_t first, int64_t end) {
  auto& rows = write_->rows;
  rows.select(first, end);
  const int code = sqlite3_step(write_->insert.raw());
  if (code != SQLITE_DONE) {
    keep_failure();
    sqlite3_reset(write_->insert.raw());
    return false;
  }
  const int64_t written = sqlite3_changes64(connection().native());
  sqlite3_reset(write_->insert.raw());
  if (write_->target.insert.skips_conflicts && rows.yielded() > written)
    context_.skipped(static_cast<uint64_t>(rows.yielded() - written));
  return true;
}

void SqliteWriteTask::keep_failure() {
  sqlite3* db = connection().native();
  failed_code_ = sqlite3_extended_errcode(db);
  failed_message_ = sqlite3_errmsg(db);
  if (!is_record_fault(failed_code_)) {
    Error error = failure(db, "write", connection().path());
    sqlite3_reset(write_->insert.raw());
    throw error;
  }
  if (!connection().in_transaction())
    throw invalid("write: a trigger rolled the whole transaction back: " + failed_message_ +
                  "; use RAISE(ABORT, ...) so that it costs one record");
}

void SqliteWriteTask::refuse_record(int64_t row) {
  refused_.push_back(row);
  context_.reject({.batch = ordinal_,
                   .row = row,
                   .column = column_in(failed_message_),
                   .code = reject_code(failed_code_),
                   .message = failed_message_});
}

// "UNIQUE constraint failed: orders.id, orders.line": the first column that is named.
int32_t SqliteWriteTask::column_in(const std::string& message) const {
  const std::string prefix = ": " + write_->target.table.shape.table + ".";
  const size_t at = message.find(prefix);
  if (at == std::string::npos) return -1;
  const std::string rest = message.substr(at + prefix.size());
  for (size_t i = 0; i < write_->target.wanted.size(); ++i) {
    const std::string& name = write_->target.wanted[i].name;
    if (rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == ','))
      return static_cast<int32_t>(i);
  }
  return -1;
}

void SqliteWriteTask::flush() {
  if (!begun_ || !write_->holds_batches) return;
  if (open_keys(connection()) > 0)
    for (const auto& orphan : write_without_orphans(*write_, held_))
      context_.reject({.batch = orphan.ordinal,
                       .row = orphan.row,
                       .code = "foreign-key",
                       .message = "FOREIGN KEY constraint failed: what the record refers to is neither there nor among "
                                  "the records that were written with it"});
  held_.clear();
  end_piece(connection());
  begin_piece(connection());
}

void SqliteWriteTask::commit(const SluiceCounters& counters) {
  try {
    if (marked_) {
      begin();
      write_mark(connection(), context_, counters);
    }
    if (begun_) connection().run("COMMIT", "commit");
  } catch (const Error& error) {
    connection().roll_back();
    // The disk failed under the last write: it may or may not be there. Without room for it, it is not.
    if (error.code() == SLUICE_IO && (error.flags() & SLUICE_RETRYABLE) == 0) throw Error(error).outcome_unknown();
    throw;
  }
}

void SqliteWriteTask::abort() noexcept { connection().roll_back(); }

}  // namespace sluice::sqlite
