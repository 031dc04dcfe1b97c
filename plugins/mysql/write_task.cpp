// SPDX-License-Identifier: Apache-2.0
#include "mysql/write_task.hpp"

#include <algorithm>

#include "mysql/insert_rows.hpp"
#include "mysql/insert_sql.hpp"
#include "mysql/load_data.hpp"
#include "mysql/marks.hpp"
#include "mysql/one_by_one.hpp"
#include "mysql/sort_out.hpp"
#include "mysql/text_rows.hpp"
#include "sql/free_buffer.hpp"

namespace sluice::mysql {

namespace {

// The packet that ends a statement counts no more warnings.
constexpr unsigned most_warnings = 65535;

sql::Columns columns_of(const Batch& batch, const std::vector<WriteColumn>& columns) {
  sql::Columns views;
  for (size_t i = 0; i < columns.size(); ++i) views.push_back(batch.column(i, columns[i].type));
  return views;
}

int64_t bytes_of(const sql::Columns& columns) {
  int64_t sum = 0;
  for (const ColumnView& column : columns) {
    const int64_t rows = column.size();
    if (rows == 0) continue;
    if (!column.type().is_variable())
      sum += rows * static_cast<int64_t>(std::max<size_t>(column.type().width(), 1));
    else
      sum += column.text(rows - 1).data() + column.text(rows - 1).size() - column.text(0).data() + 4 * rows;
  }
  return sum;
}

}  // namespace

MysqlWriteTask::MysqlWriteTask(Context context, std::shared_ptr<const Target> target, std::shared_ptr<Lanes> lanes,
                               Lane lane, PieceSize size, bool marked)
    : context_(context),
      target_(std::move(target)),
      lanes_(std::move(lanes)),
      lane_(std::move(lane)),
      size_(size),
      marked_(marked) {
  for (const WriteColumn& column : target_->columns) checks_.push_back(check_for(column));
}

void MysqlWriteTask::write(Batch batch, int64_t ordinal) {
  context_.throw_if_cancelled();
  sql::Columns columns = columns_of(batch, target_->columns);
  records_ += batch.size();
  bytes_ += bytes_of(columns);
  piece_.add(std::move(batch), ordinal, std::move(columns));
  refuse_what_would_change(piece_.held().size() - 1);
  if (records_ >= size_.records || bytes_ >= size_.bytes) write_piece();
}

// What the server would take, and keep otherwise.
void MysqlWriteTask::refuse_what_would_change(size_t index) {
  const sql::RecordPiece::Held& held = piece_.held()[index];
  for (size_t i = 0; i < checks_.size(); ++i) {
    if (checks_[i] == nullptr) continue;
    for (int64_t row = 0; row < held.batch.size(); ++row) {
      if (held.columns[i].is_null(row) || held.is_refused(row)) continue;
      if (const sql::Fault fault = checks_[i](target_->columns[i], held.columns[i], row); fault)
        piece_.refuse({{index, row}, static_cast<int32_t>(i), fault.code, fault.message});
    }
  }
}

void MysqlWriteTask::write_piece() {
  if (piece_.empty()) return;
  const Records records(piece_, target_->columns);
  for (const Range range : cut(records)) write_range(records, range);
  piece_.settle(context_);
  records_ = bytes_ = 0;
}

// Ranges that fit a packet and batchSize. LOAD DATA knows no packets.
std::vector<Range> MysqlWriteTask::cut(const Records& records) {
  const bool has_packets =
      !target_->abilities.loads_local_data || target_->bulk == Bulk::array || target_->bulk == Bulk::rows;
  const uint64_t room = target_->abilities.packet_room();
  std::vector<Range> ranges;
  Range range{0, 0};
  uint64_t bytes = 0;
  const auto end_range = [&](int64_t next) {
    range.bytes = bytes;
    if (range.count > 0) ranges.push_back(range);
    range = {next, 0};
    bytes = 0;
  };
  for (int64_t n = 0; n < records.size(); ++n) {
    const uint64_t own = has_packets ? records.bytes(n) : 0;
    if (own > room) {
      piece_.refuse(refusal_of(*target_, records.place(n), larger_than_packet));
      end_range(n + 1);
      continue;
    }
    if (bytes + own > room || range.count >= size_.records) end_range(n);
    bytes += own;
    ++range.count;
  }
  end_range(records.size());
  return ranges;
}

void MysqlWriteTask::write_range(const Records& records, Range range) {
  const Bulk bulk = target_->bulk;
  const bool written = bulk == Bulk::load    ? try_load(records, range)
                       : bulk == Bulk::array ? try_array(records, range)
                       : bulk == Bulk::rows  ? try_rows(records, range)
                                             : false;
  if (!written) settle_strictly(records, range);
  has_begun_ = true;
}

// What a lenient statement wrote may have to be taken back. The first one begins the transaction, which is then taken
// back as a whole.
std::string MysqlWriteTask::savepoint() {
  if (!has_begun_) return "";
  has_savepoint_ = true;
  return "SAVEPOINT sluice_piece; ";
}

std::string MysqlWriteTask::restart() const {
  if (!target_->is_lenient() || target_->bulk == Bulk::stage || target_->bulk == Bulk::each) return "";
  return has_savepoint_ ? "ROLLBACK TO SAVEPOINT sluice_piece; " : "ROLLBACK; ";
}

bool MysqlWriteTask::try_load(const Records& records, Range range) {
  if (!load_data(connection(), savepoint() + load_sql(*target_), records, range, false))
    return refuse_or_throw(connection().complaint());
  return is_well(range);
}

bool MysqlWriteTask::try_array(const Records& records, Range range) {
  if (!array_) array_ = std::make_unique<ArrayInsert>(connection(), array_sql(*target_));
  if (target_->is_lenient())
    if (const std::string sql = savepoint(); !sql.empty()) connection().execute(sql, "write");
  const auto packet = memory_of_packet(range);
  if (!array_->execute(records, range)) return refuse_or_throw(array_->complaint());
  return is_well(range);
}

bool MysqlWriteTask::try_rows(const Records& records, Range range) {
  const auto packet = memory_of_packet(range);
  Buffer sql;
  const std::string head =
      (target_->is_lenient() ? savepoint() : "") + insert_head(*target_, target_->mode == WriteMode::ignore);
  sql.append(head.data(), head.size());
  append_rows(records, range, false, sql);
  const std::string tail = on_duplicate(*target_);
  sql.append(tail.data(), tail.size());
  if (!connection().try_execute({sql.data(), sql.size()})) return refuse_or_throw(connection().complaint());
  return is_well(range);
}

// False: some of the records are bad.
bool MysqlWriteTask::refuse_or_throw(const Complaint& complaint) {
  if (is_about_record(complaint.number, complaint.sqlstate)) return false;
  throw connection().failure("write", complaint);
}

// After a statement that succeeded: did it write what it was given? A strict one did, or it had failed; what it warns
// of is a trigger's business, or old-fashioned.
bool MysqlWriteTask::is_well(Range range) {
  if (!target_->is_lenient()) return true;
  const auto changed = static_cast<int64_t>(mysql_affected_rows(connection().native()));
  const unsigned warnings = mysql_warning_count(connection().native());
  if (warnings == 0) return true;
  if (warnings == most_warnings) return false;
  const Rows shown = select_rows(connection(), "SHOW WARNINGS", "write");
  if (shown.size() < warnings) return false;
  for (const Row& row : shown) {
    const auto number = static_cast<unsigned>(std::stoul(row[1].value_or("0")));
    const bool is_ignored = target_->mode == WriteMode::ignore && is_conflict(number);
    if (!is_ignored && !is_harmless(number)) return false;
  }
  // Not as many as there are warnings: a trigger may have its own.
  if (target_->mode == WriteMode::ignore && changed < range.count)
    context_.skipped(static_cast<uint64_t>(range.count - changed));
  return true;
}

// The client library holds a statement as a whole.
BufferMemory MysqlWriteTask::memory_of_packet(Range range) {
  BufferMemory memory(context_, sql::free_buffer);
  memory.grow_to(range.bytes);
  return memory;
}

void MysqlWriteTask::settle_strictly(const Records& records, Range range) {
  const auto packet = memory_of_packet(range);
  const bool can_stage = target_->abilities.runs_blocks && may_stage_;
  if (can_stage && stage(connection(), *target_, restart(), records, range)) {
    const int64_t ignored = sort_out(connection(), *target_, records, piece_);
    if (ignored > 0) context_.skipped(static_cast<uint64_t>(ignored));
    return;
  }
  const int64_t ignored = write_one_by_one(connection(), *target_, can_stage ? "" : restart(), records, range, piece_);
  may_stage_ = false;
  if (ignored > 0) context_.skipped(static_cast<uint64_t>(ignored));
}

void MysqlWriteTask::commit(const SluiceCounters& counters) {
  array_.reset();
  if (!has_begun_) return give_back();
  if (marked_) leave_mark(counters);
  if (!connection().try_execute("COMMIT")) {
    const bool is_answer = !is_lost(connection().complaint().number) && !connection().is_cancelled();
    if (is_answer) throw connection().failure("commit");
    throw connection().failure("commit").outcome_unknown();
  }
  give_back();
}

// One that is there already: an earlier commit of the split, which was taken for lost, came through after all.
void MysqlWriteTask::leave_mark(const SluiceCounters& counters) {
  if (connection().try_execute(marks_of(*target_).insert(context_, counters))) return;
  if (is_conflict(connection().complaint().number)) throw connection().failure("write the mark").outcome_unknown();
  throw connection().failure("write the mark");
}

void MysqlWriteTask::abort() noexcept {
  try {
    array_.reset();
    if (!connection().is_alive()) return;  // the server rolls back what has no connection any more
    connection().execute("ROLLBACK", "abort");
    give_back();
  } catch (const std::exception&) {
    // The same.
  }
}

void MysqlWriteTask::give_back() {
  if (connection().is_alive()) lanes_->give(std::move(lane_));
}

}  // namespace sluice::mysql
