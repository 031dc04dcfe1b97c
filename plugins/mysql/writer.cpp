// SPDX-License-Identifier: Apache-2.0
#include "mysql/writer.hpp"

#include <algorithm>

#include "mysql/dialect.hpp"
#include "mysql/insert_sql.hpp"
#include "mysql/load_data.hpp"
#include "mysql/marks.hpp"
#include "mysql/ping.hpp"
#include "mysql/slots.hpp"
#include "mysql/write_task.hpp"
#include "sql/check.hpp"
#include "sql/readback.hpp"
#include "sql/target_table.hpp"

namespace sluice::mysql {

namespace {

constexpr const char* by_nothing =
    "the server cannot be asked what became of a transaction; setting.delivery exactly-once keeps marks in a table "
    "sluice_commit";
constexpr const char* without_transactions = "the table's engine knows no transactions";

const char* name_of(Bulk bulk) {
  switch (bulk) {
    case Bulk::load:
      return "LOAD DATA LOCAL";
    case Bulk::array:
      return "array binding";
    case Bulk::rows:
      return "INSERT of many rows";
    case Bulk::each:
      return "a statement a record";
    default:
      return "temporary table";
  }
}

// No setting of the server or the user makes a value another one.
constexpr const char* strict_session =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO', SESSION sql_notes = 1,"
    " SESSION completion_type = 0, SESSION autocommit = 0";

std::string lock_timeouts(const Context& context) {
  const int64_t milliseconds = context.integer("lockTimeout", 60'000);
  const int64_t seconds = milliseconds == 0 ? 31'536'000 : (milliseconds + 999) / 1000;
  const std::string text = std::to_string(seconds);
  return "SET SESSION innodb_lock_wait_timeout = " + text + ", SESSION lock_wait_timeout = " + text;
}

}  // namespace

void MysqlWriter::check(const Context& context) {
  sql::report(context, sql::check_server_writer(context, dialect, "update"));
}

void MysqlWriter::ping(const Context& context, const TextSink& sink) { ping_server(Settings::read(context, ""), sink); }

MysqlWriter::MysqlWriter(Context context)
    : context_(context), settings_(Settings::read(context, "")), job_(connect_for_job()) {
  sql::warn_of_plain_connection(context_, settings_, job_->is_encrypted());
}

bool MysqlWriter::is_marked() const {
  return context_.delivery() == SLUICE_EXACTLY_ONCE && target_ && target_->table.is_transactional();
}

// Each statement is committed on its own, whatever the server's own settings are.
std::shared_ptr<Connection> MysqlWriter::connect_for_job() {
  auto connection = std::make_shared<Connection>(settings_);
  connection->execute("SET SESSION autocommit = 1; " + lock_timeouts(context_), "set the session up");
  cancellation_.watch(*connection);
  return connection;
}

// A long run may outlive its first connection.
Connection& MysqlWriter::job_connection() {
  if (!job_->is_cancelled() && !job_->answers()) job_ = connect_for_job();
  return *job_;
}

WriterPlan MysqlWriter::describe(const Schema& input) {
  sql::Problems problems;
  check_slots(job_connection(), context_.lanes() + 1, problems);
  auto target = find_target(job_connection(), context_, input, problems);
  WriterPlan plan{.wanted = input};
  plan.delivery = context_.delivery() == SLUICE_EXACTLY_ONCE ? SLUICE_EXACTLY_ONCE : SLUICE_AT_LEAST_ONCE;
  plan.reason = by_nothing;
  if (!target && context_.has(SLUICE_PRESQL) && !is_prepared_) {
    plan.target_missing = true;
    return plan;
  }
  if (!target)
    problems.push_back(
        sql::no_such_target(sql::target_name(context_, dialect), settings_.place(), names_of_tables(job_connection())));
  target_ = target ? std::make_shared<const Target>(std::move(*target)) : nullptr;
  if (is_marked() && !sql::has_errors(problems)) check_marks(job_connection(), *target_, problems);
  sql::report_or_throw(context_, problems);
  lanes_ = std::make_shared<Lanes>();
  plan.wanted = target_->wanted;
  plan.doubles_on_rerun = target_->adds_on_rerun;
  plan.delivery = is_marked() ? SLUICE_EXACTLY_ONCE : SLUICE_AT_LEAST_ONCE;
  plan.reason = is_marked()                         ? sql::reason_of_marks
                : target_->table.is_transactional() ? by_nothing
                                                    : without_transactions;
  if (is_marked()) plan.ddl = marks_of(*target_).ddl();
  // After preSql has made the target: prepare() could not know it.
  if (is_prepared_ && is_marked()) create_marks(job_connection(), *target_);
  context_.note("write path", name_of(target_->bulk));
  return plan;
}

void MysqlWriter::prepare(bool resume) {
  if (!resume) run_statements("preSql");
  if (is_marked()) create_marks(job_connection(), *target_);
  is_prepared_ = true;
}

void MysqlWriter::run_statements(const char* parameter) {
  const auto statements = sql::target_statements(context_, dialect, parameter);
  if (statements.empty()) return;
  Connection& connection = job_connection();
  for (size_t i = 0; i < statements.size(); ++i)
    connection.execute(statements[i], statements.size() == 1 ? parameter : Context::element(parameter, i));
}

// Instants travel as UTC, which has no hour twice. Without them the user's zone stays, for defaults and triggers.
std::string MysqlWriter::write_session() const {
  return strict_session + std::string(target_->writes_instants() ? ", SESSION time_zone = '+00:00'" : "");
}

std::unique_ptr<Connection> MysqlWriter::connect_to_write() {
  Settings settings = settings_;
  settings.loads_local_data = target_->abilities.loads_local_data;
  auto connection = std::make_unique<Connection>(settings);
  refuse_files(*connection);
  connection->execute(write_session() + "; " + lock_timeouts(context_), "set the session up");
  // All warnings are kept, where the user may ask for that: MySQL wants a privilege for it.
  connection->try_execute("SET SESSION max_error_count = 65535");
  return connection;
}

std::unique_ptr<WriteTask> MysqlWriter::start(Context task) {
  if (!target_) throw internal("start: the target was not described");
  Lane lane = lanes_->take(0, "");
  if (!lane.connection) lane.connection = connect_to_write();
  const PieceSize size{context_.integer("batchSize", 32'768), context_.integer("batchByteSize", 4 << 20)};
  return std::make_unique<MysqlWriteTask>(task, target_, lanes_, std::move(lane), size, is_marked());
}

Committed MysqlWriter::committed(std::string_view split, uint32_t, std::string_view) {
  if (!is_marked()) return {};
  Connection connection(settings_);
  connection.execute(lock_timeouts(context_), "look for a mark");
  return find_mark(connection, *target_, context_.run_id(), split);
}

void MysqlWriter::complete() { run_statements("postSql"); }

void MysqlWriter::forget(std::string_view run_id) {
  if (target_ && is_marked()) clear_marks(job_connection(), *target_, run_id);
}

void MysqlWriter::explain(const Split*, const TextSink& sink) {
  for (const auto& sql : sql::target_statements(context_, dialect, "preSql")) sink.emit("prepare", "", sql);
  if (target_) {
    if (is_marked()) sink.emit("prepare", "", marks_of(*target_).ddl());
    sink.emit("write", "", write_session());
    switch (target_->bulk) {
      case Bulk::load:
        sink.emit("write", "", load_sql(*target_));
        break;
      case Bulk::stage:
        sink.emit("write", "", create_stage(*target_));
        sink.emit("write", "", insert_from_stage(*target_, "s.n = ?"));
        break;
      default:
        sink.emit("write", "", array_sql(*target_));
    }
  }
  for (const auto& sql : sql::target_statements(context_, dialect, "postSql")) sink.emit("complete", "", sql);
}

void MysqlWriter::create_table(const Schema& input, const TextSink& sink) {
  mysql::create_table(context_, input, sink);
}

void MysqlWriter::execute(std::string_view statement) { job_connection().execute(statement, "execute"); }

Readback MysqlWriter::readback() {
  if (!target_) throw internal("readback: the target was not described");
  Readback answer = sql::readback(context_, dialect, info.name, sql::target_name(context_, dialect), target_->wanted);
  const std::string mode = context_.string("writeMode", "insert");
  if (mode != "insert") answer.others = "writeMode is " + mode;
  return answer;
}

}  // namespace sluice::mysql
