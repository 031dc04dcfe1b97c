// SPDX-License-Identifier: Apache-2.0
#include "odbc/write_task.hpp"

#include "odbc/failure.hpp"
#include "sql/free_buffer.hpp"
#include "sql/meaning.hpp"
#include "sql/narrow.hpp"

namespace sluice::odbc {

OdbcWriteTask::OdbcWriteTask(Context context, std::shared_ptr<const Target> target, std::shared_ptr<Lanes> lanes,
                             Lane lane, WriteLimits limits, std::optional<sql::Marks> marks)
    : context_(context),
      target_(std::move(target)),
      lanes_(std::move(lanes)),
      lane_(std::move(lane)),
      limits_(limits),
      marks_(std::move(marks)) {}

OdbcWriteTask::~OdbcWriteTask() {
  block_.reset();
  statement_.reset();
}

void OdbcWriteTask::begin() {
  if (has_begun_) return;
  has_begun_ = true;
  const Product& product = connection().product();
  if (!product.begin.empty()) connection().execute(product.begin, "begin to write");
  settle_path();
}

// Arrays only where a failed one can be taken back: else a record at a time, each of which is there or not.
void OdbcWriteTask::settle_path() {
  try {
    connection().execute(connection().product().savepoint, "begin to write");
    has_savepoints_ = connection().has_transactions();
  } catch (const Error& e) {
    if (sql::must_stop(e)) throw;
  }
  statement_.emplace(connection(), "write");
  statement_->prepare(target_->insert);
  const bool may_take_arrays = has_savepoints_ && connection().product().takes_arrays;
  block_.emplace(*statement_, target_->codecs, may_take_arrays ? limits_.records : 1, limits_.bytes,
                 BufferMemory(context_, sql::free_buffer));
  std::string path = "arrays of up to " + std::to_string(limits_.records) + " records";
  if (!has_savepoints_)
    path = "single records: the database knows no savepoints";
  else if (!block_->takes_arrays())
    path = limits_.records == 1 ? "single records: batchSize is 1" : "single records: the driver takes no arrays";
  context_.note("write path", path);
}

void OdbcWriteTask::write(Batch batch, int64_t ordinal) {
  context_.throw_if_cancelled();
  begin();
  columns_.clear();
  for (size_t i = 0; i < target_->codecs.size(); ++i) columns_.push_back(batch.column(i, target_->wanted[i].type));
  const auto good = check_values(batch, ordinal);
  for (std::span<const int64_t> left(good); !left.empty();) {
    const size_t count = block_->fit(columns_, left);
    write_piece(left.first(count), ordinal);
    left = left.subspan(count);
  }
  columns_.clear();
}

// The rows that may be written; the others are refused.
std::vector<int64_t> OdbcWriteTask::check_values(const Batch& batch, int64_t ordinal) {
  std::vector<const CellFault*> faults;
  std::vector<int32_t> where;
  for (size_t i = 0; i < target_->codecs.size(); ++i) {
    const ParameterCodec& codec = target_->codecs[i];
    if (codec.check == nullptr) continue;
    for (int64_t row = 0; row < batch.size(); ++row) {
      if (columns_[i].is_null(row)) continue;
      const CellFault* fault = codec.check(columns_[i], row, codec);
      if (fault == nullptr) continue;
      faults.resize(static_cast<size_t>(batch.size()));
      where.resize(faults.size());
      if (faults[static_cast<size_t>(row)] != nullptr) continue;
      faults[static_cast<size_t>(row)] = fault;
      where[static_cast<size_t>(row)] = static_cast<int32_t>(i);
    }
  }
  std::vector<int64_t> good;
  for (int64_t row = 0; row < batch.size(); ++row) {
    const auto at = static_cast<size_t>(row);
    if (faults.empty() || faults[at] == nullptr)
      good.push_back(row);
    else
      context_.reject({.batch = ordinal,
                       .row = row,
                       .column = where[at],
                       .code = faults[at]->code,
                       .message = faults[at]->message});
  }
  return good;
}

void OdbcWriteTask::write_piece(std::span<const int64_t> rows, int64_t ordinal) {
  if (attempt(rows)) return;
  if (rows.size() == 1) return refuse(rows[0], ordinal);
  sql::narrow(
      0, static_cast<int64_t>(rows.size()),
      [&](int64_t first, int64_t count) {
        return attempt(rows.subspan(static_cast<size_t>(first), static_cast<size_t>(count)));
      },
      [&](int64_t at) { refuse(rows[static_cast<size_t>(at)], ordinal); });
}

// False when records are to blame: nothing of the piece is there then. Throws for everything else.
bool OdbcWriteTask::attempt(std::span<const int64_t> rows) {
  if (rows.size() > 1 && !block_->takes_arrays()) return false;
  const Product& product = connection().product();
  const bool guarded = has_savepoints_ && (rows.size() > 1 || product.error_ends_transaction);
  if (guarded) connection().execute(product.savepoint, "write");
  block_->load(columns_, rows);
  auto bad = block_->execute();
  if (!bad && block_->was_ignored()) {
    connection().execute(product.roll_back, "write");
    block_->take_single_records();
    statement_->set(SQL_ATTR_PARAMSET_SIZE, 1);
    context_.note("write path", "single records: the driver takes no arrays");
    last_ = {};
    return false;
  }
  if (!bad) {
    if (guarded && !product.release.empty()) connection().execute(product.release, "write");
    return true;
  }
  last_ = std::move(*bad);
  if (!is_about_record(last_, product.name)) throw connection().failure("write", last_);
  if (guarded) connection().execute(product.roll_back, "write");
  return false;
}

void OdbcWriteTask::refuse(int64_t row, int64_t ordinal) {
  context_.reject({.batch = ordinal,
                   .row = row,
                   .code = code_of_record(last_),
                   .message = connection().shown(last_.message),
                   .sqlstate = last_.sqlstate});
}

void OdbcWriteTask::commit(const SluiceCounters& counters) {
  if (has_begun_) {
    if (marks_) leave_mark(counters);
    try {
      connection().commit();
    } catch (const Error& e) {
      // The answer was lost on its way: the records may be there.
      if (e.code() == SLUICE_UNREACHABLE || connection().is_lost()) throw Error(e).outcome_unknown();
      throw;
    }
  }
  give_back();
}

// One that is there already: an earlier commit of the split, which was taken for lost, came through after all.
void OdbcWriteTask::leave_mark(const SluiceCounters& counters) {
  try {
    connection().execute(marks_->insert(context_, counters), "write the mark");
  } catch (const Error& e) {
    if (e.sqlstate() == "23505" || e.sqlstate() == "23000") throw Error(e).outcome_unknown();
    throw;
  }
}

void OdbcWriteTask::abort() noexcept {
  block_.reset();
  statement_.reset();
  connection().roll_back();
  try {
    give_back();
  } catch (const std::exception&) {
    // Without the memory to keep it, the connection is closed.
  }
}

void OdbcWriteTask::give_back() {
  block_.reset();
  statement_.reset();
  if (connection().is_alive()) lanes_->give(std::move(lane_));
}

}  // namespace sluice::odbc
