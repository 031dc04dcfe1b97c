// SPDX-License-Identifier: Apache-2.0
#include "postgresql/write_task.hpp"

#include <charconv>
#include <utility>

#include "postgresql/failure.hpp"
#include "postgresql/marks.hpp"
#include "postgresql/sort_out.hpp"
#include "sql/narrow.hpp"

namespace sluice::postgresql {

namespace {

// How often the server's word for the bad record is taken before the whole piece is sorted out.
constexpr int most_named = 3;

// "COPY orders, line 17, column price": the number, whatever the language. 0: there is none.
int64_t line_in(std::string_view context, std::string_view table) {
  const std::string mark = "COPY " + std::string(table) + ", ";
  const size_t at = context.find(mark);
  if (at == std::string_view::npos) return 0;
  std::string_view rest = context.substr(at + mark.size());
  rest.remove_prefix(std::min(rest.find_first_of("0123456789\n"), rest.size()));
  int64_t line = 0;
  std::from_chars(rest.data(), rest.data() + rest.size(), line);
  return line;
}

int32_t column_in(const Result& failed, const Target& target) {
  const auto name = failed.field(PG_DIAG_COLUMN_NAME);
  for (size_t i = 0; i < target.wanted.size(); ++i)
    if (!name.empty() && target.wanted[i].name == name) return static_cast<int32_t>(i);
  return -1;
}

}  // namespace

PostgresWriteTask::PostgresWriteTask(Context context, std::shared_ptr<const Target> target,
                                     std::shared_ptr<Lanes> lanes, Lane lane, std::shared_ptr<Witness> witness,
                                     bool marked)
    : context_(context),
      target_(std::move(target)),
      lanes_(std::move(lanes)),
      lane_(std::move(lane)),
      witness_(std::move(witness)),
      marked_(marked),
      encoder_(make_encoder(target_->codecs)) {}

void PostgresWriteTask::write(Batch batch, int64_t ordinal) {
  context_.throw_if_cancelled();
  if (!copy_) open_copy();
  Columns columns = columns_of(batch, target_->codecs);
  sql::RecordPiece::Held& held = piece_.add(std::move(batch), ordinal, std::move(columns));
  stream(held, piece_.held().size() - 1);
}

// The first piece of the transaction needs no savepoint: when it fails, all of it is redone. The stage is emptied
// before the savepoint, or going back to that would bring the last piece's records back.
void PostgresWriteTask::open_copy() {
  std::string sql = "BEGIN; ";
  if (has_begun_) {
    sql = has_savepoint_ ? "RELEASE SAVEPOINT sluice_piece; " : "";
    if (target_->needs_stage) sql += "TRUNCATE pg_temp.sluice_stage; ";
    sql += "SAVEPOINT sluice_piece; ";
    has_savepoint_ = true;
  }
  copy_.emplace(context_, connection(), sql + target_->copy());
  encoder_->begin(copy_->buffer());
  has_begun_ = true;
}

std::string PostgresWriteTask::restart() const {
  return has_savepoint_ ? "ROLLBACK TO SAVEPOINT sluice_piece; " : "ROLLBACK; BEGIN; ";
}

void PostgresWriteTask::stream(sql::RecordPiece::Held& held, size_t index) {
  encoder_->set_batch(held.columns);
  for (int64_t row = 0; row < held.batch.size(); ++row) {
    if (held.is_refused(row)) continue;
    const RecordFault fault = encoder_->append(row, copy_->buffer());
    if (fault.fault)
      piece_.refuse({{index, row}, fault.column, fault.fault.code, fault.fault.message});
    else
      copy_->send_when_full();
  }
}

void PostgresWriteTask::flush() {
  if (!copy_) return;
  Result verdict = finish_copy();
  if (!verdict.is_good()) resolve(std::move(verdict));
  piece_.settle(context_);
}

// The server's verdict on what was sent, with all that follows from it.
Result PostgresWriteTask::finish_copy() {
  encoder_->end(copy_->buffer());
  Result verdict = copy_->finish();
  copy_.reset();
  if (verdict.is_good()) merge_and_check(verdict);
  return verdict;
}

void PostgresWriteTask::merge_and_check(Result& verdict) {
  int64_t ignored = 0;
  if (target_->needs_stage) {
    verdict = connection().try_execute(target_->merge_stage());
    if (!verdict.is_good()) return;
    if (target_->ignores_conflicts) ignored = piece_.good() - std::stoll(PQcmdTuples(verdict.raw()));
  }
  if (target_->table.has_deferrable_constraints) verdict = connection().try_execute("SET CONSTRAINTS ALL IMMEDIATE");
  if (verdict.is_good() && ignored > 0) context_.skipped(static_cast<uint64_t>(ignored));
}

// Some of the piece's records are bad. Where the server names them, the piece is sent again without them, a few times.
void PostgresWriteTask::resolve(Result failed) {
  for (int named = 0;; ++named) {
    const bool may_be_policy = failed.sqlstate() == "42501" && target_->needs_stage;
    if (!is_about_record(failed.sqlstate()) && !may_be_policy) throw connection().failure("write", failed);
    if (named == most_named || !refuse_named_record(failed)) break;
    copy_.emplace(context_, connection(), restart() + target_->copy());
    encoder_->begin(copy_->buffer());
    const sql::RecordPiece::Held* last = nullptr;
    piece_.for_each([&](const sql::RecordPiece::Held& held, sql::RecordPlace place) {
      if (&held != std::exchange(last, &held)) encoder_->set_batch(held.columns);
      encoder_->append(place.row, copy_->buffer());
      copy_->send_when_full();
    });
    failed = finish_copy();
    if (failed.is_good()) return;
  }
  if (!target_->may_create_temporary) return write_narrowly();
  const int64_t ignored = sort_out(context_, connection(), *target_, restart(), piece_);
  if (ignored > 0) context_.skipped(static_cast<uint64_t>(ignored));
}

bool PostgresWriteTask::refuse_named_record(const Result& failed) {
  const int64_t line = line_in(failed.field(PG_DIAG_CONTEXT), target_->copied_table());
  if (line < 1 || line > piece_.good()) return false;
  piece_.refuse({.place = piece_.good_at(line - 1),
                 .column = column_in(failed, *target_),
                 .code = std::string(code_of_record(failed.sqlstate())),
                 .message = std::string(failed.field(PG_DIAG_MESSAGE_PRIMARY)),
                 .sqlstate = std::string(failed.sqlstate())});
  return true;
}

// Without the right to temporary tables: halves of halves, each behind a savepoint.
void PostgresWriteTask::write_narrowly() {
  connection().execute(restart() + "SAVEPOINT sluice_range", "write");
  std::vector<sql::RecordPlace> places;
  piece_.for_each([&](const sql::RecordPiece::Held&, sql::RecordPlace place) { places.push_back(place); });
  Result last;
  const auto attempt = [&](int64_t first, int64_t count) {
    copy_.emplace(context_, connection(), "SAVEPOINT sluice_range; " + target_->copy());
    encoder_->begin(copy_->buffer());
    for (int64_t i = first; i < first + count; ++i) {
      const sql::RecordPlace place = places[static_cast<size_t>(i)];
      if (i == first || place.batch != places[static_cast<size_t>(i - 1)].batch)
        encoder_->set_batch(piece_.held()[place.batch].columns);
      encoder_->append(place.row, copy_->buffer());
      copy_->send_when_full();
    }
    last = finish_copy();
    if (last.is_good()) {
      connection().execute("RELEASE SAVEPOINT sluice_range", "write");
      return true;
    }
    if (!is_about_record(last.sqlstate())) throw connection().failure("write", last);
    connection().execute("ROLLBACK TO SAVEPOINT sluice_range", "write");
    return false;
  };
  sql::narrow(0, static_cast<int64_t>(places.size()), attempt, [&](int64_t row) {
    piece_.refuse({.place = places[static_cast<size_t>(row)],
                   .column = column_in(last, *target_),
                   .code = std::string(code_of_record(last.sqlstate())),
                   .message = std::string(last.field(PG_DIAG_MESSAGE_PRIMARY)),
                   .sqlstate = std::string(last.sqlstate())});
  });
}

std::string_view PostgresWriteTask::commit_token() {
  if (!has_begun_ || !witness_) return {};
  const Result result = connection().execute("SELECT pg_current_xact_id_if_assigned()::text", "commit");
  token_ = result.is_null(0, 0) ? "0" : std::string(result.text(0, 0));
  if (token_ != "0") witness_->press();
  return token_;
}

void PostgresWriteTask::commit(const SluiceCounters& counters) {
  if (!has_begun_) return give_back();
  if (marked_) leave_mark(counters);
  const Result result = connection().try_execute("COMMIT");
  if (!result || result.sqlstate().empty() != result.is_good() || !connection().is_alive())
    throw connection().lost("commit").outcome_unknown();
  if (!result.is_good()) throw connection().failure("commit", result);
  if (result.tag() != "COMMIT") throw internal("commit: the server answered " + std::string(result.tag()));
  give_back();
}

// One that is there already: an earlier commit of the split, which was taken for lost, came through after all.
void PostgresWriteTask::leave_mark(const SluiceCounters& counters) {
  const Result result = connection().try_execute(marks_of(*target_).insert(context_, counters));
  if (result.is_good()) return;
  const Error failure = connection().failure("write the mark", result);
  if (result.sqlstate() == "23505") throw Error(failure).outcome_unknown();
  throw failure;
}

void PostgresWriteTask::abort() noexcept {
  try {
    if (copy_ || connection().is_cancelled() || !connection().is_alive()) return;  // it ends with the connection
    if (has_begun_) connection().execute("ROLLBACK", "abort");
    give_back();
  } catch (const std::exception&) {
    // The server rolls back what has no connection any more.
  }
}

void PostgresWriteTask::give_back() {
  if (!connection().is_cancelled() && !connection().is_in_transaction()) lanes_->give(std::move(lane_));
}

}  // namespace sluice::postgresql
