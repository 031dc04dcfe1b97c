// SPDX-License-Identifier: Apache-2.0
#include "postgresql/writer.hpp"

#include <algorithm>

#include "postgresql/dialect.hpp"
#include "postgresql/failure.hpp"
#include "postgresql/marks.hpp"
#include "postgresql/ping.hpp"
#include "postgresql/slots.hpp"
#include "postgresql/write_task.hpp"
#include "sql/check.hpp"
#include "sql/readback.hpp"
#include "sql/target_table.hpp"

namespace sluice::postgresql {

namespace {

constexpr const char* by_transaction = "the server is asked for the split's transaction (pg_xact_status)";
constexpr const char* by_nothing =
    "the user may not ask the server for a transaction (pg_xact_status, pg_logical_emit_message); setting.delivery "
    "exactly-once keeps marks in a table sluice_commit";

// What a run has noted as committed outlives a power cut, whatever the role's own settings are.
constexpr const char* durable_commits =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

// A server that lost a client needs a moment to see it.
constexpr int asks = 50;
constexpr int64_t pause_milliseconds = 200;

bool may_ask_for_transactions(Connection& connection) {
  return connection.value(
             "SELECT bool_and(coalesce(has_function_privilege(to_regprocedure(f)::oid, 'EXECUTE'), false))::text"
             " FROM unnest(ARRAY['pg_xact_status(xid8)', 'pg_logical_emit_message(boolean,text,text)']) AS f") ==
         "true";
}

}  // namespace

void PostgresWriter::check(const Context& context) {
  sql::report(context, sql::check_server_writer(context, dialect, "upsert", "update"));
}

void PostgresWriter::ping(const Context& context, const TextSink& sink) {
  ping_server(Settings::read(context, ""), sink);
}

PostgresWriter::PostgresWriter(Context context)
    : context_(context), settings_(Settings::read(context, "")), job_(connect_for_job()) {
  sql::warn_of_plain_connection(context, settings_, job_->is_encrypted());
  answers_for_transactions_ = may_ask_for_transactions(*job_);
}

bool PostgresWriter::is_marked() const {
  return !answers_for_transactions_ && context_.delivery() == SLUICE_EXACTLY_ONCE;
}

std::shared_ptr<Connection> PostgresWriter::connect_for_job() {
  auto connection = std::make_shared<Connection>(settings_);
  cancellation_.watch(*connection);
  return connection;
}

// A long run may outlive its first connection.
Connection& PostgresWriter::job_connection() {
  if (!job_->is_cancelled() && !job_->answers()) job_ = connect_for_job();
  return *job_;
}

WriterPlan PostgresWriter::describe(const Schema& input) {
  sql::Problems problems;
  check_slots(job_connection(), context_.lanes() + 1, problems);
  auto target = find_target(job_connection(), context_, input, problems);
  WriterPlan plan{.wanted = input};
  plan.delivery = answers_for_transactions_ || is_marked() ? SLUICE_EXACTLY_ONCE : SLUICE_AT_LEAST_ONCE;
  plan.reason = answers_for_transactions_ ? by_transaction : is_marked() ? sql::reason_of_marks : by_nothing;
  if (!target && context_.has(SLUICE_PRESQL) && !is_prepared_) {
    plan.target_missing = true;
    return plan;
  }
  if (!target)
    problems.push_back(
        sql::no_such_target(sql::target_name(context_, dialect), settings_.place(), names_of_tables(job_connection())));
  if (is_marked() && !sql::has_errors(problems)) check_marks(job_connection(), *target, problems);
  sql::report_or_throw(context_, problems);
  target_ = std::make_shared<const Target>(std::move(*target));
  lanes_ = std::make_shared<Lanes>();
  plan.wanted = target_->wanted;
  plan.doubles_on_rerun = target_->on_conflict.empty() && target_->adds_on_rerun;
  if (is_marked()) plan.ddl = marks_of(*target_).ddl();
  // After preSql has made the target: prepare() could not know it.
  if (is_prepared_ && is_marked()) create_marks(job_connection(), *target_);
  context_.note("write path", std::string(target_->needs_stage ? "COPY and INSERT " : "COPY ") + target_->copy_options);
  return plan;
}

void PostgresWriter::prepare(bool resume) {
  if (!resume) run_statements("preSql");
  if (is_marked() && target_) create_marks(job_connection(), *target_);
  is_prepared_ = true;
}

void PostgresWriter::run_statements(const char* parameter) {
  const auto statements = sql::target_statements(context_, dialect, parameter);
  Connection& connection = job_connection();
  connection.execute("SET lock_timeout = " + std::to_string(context_.integer("lockTimeout", 60'000)), parameter);
  for (size_t i = 0; i < statements.size(); ++i)
    connection.execute(statements[i], statements.size() == 1 ? parameter : Context::element(parameter, i));
}

std::unique_ptr<Connection> PostgresWriter::connect_to_write() {
  auto connection = std::make_unique<Connection>(settings_);
  connection->execute("SET lock_timeout = " + std::to_string(context_.integer("lockTimeout", 60'000)) +
                          (target_->needs_stage ? "; " + target_->create_stage() : "") + "; " + durable_commits,
                      "set the session up");
  return connection;
}

std::unique_ptr<WriteTask> PostgresWriter::start(Context task) {
  if (!target_) throw internal("start: the target was not described");
  Lane lane = lanes_->take(0, "");
  if (!lane.connection) lane.connection = connect_to_write();
  if (answers_for_transactions_ && !witness_) witness_ = std::make_shared<Witness>(job_);
  return std::make_unique<PostgresWriteTask>(task, target_, lanes_, std::move(lane), witness_, is_marked());
}

Committed PostgresWriter::committed(std::string_view split, uint32_t, std::string_view token) {
  Connection connection(settings_);
  if (is_marked()) return target_ ? find_mark(connection, *target_, context_.run_id(), split) : Committed{};
  if (!answers_for_transactions_ || token.empty()) return {};
  if (token == "0") return {.answer = SLUICE_COMMITTED_YES, .counters = {}};  // a transaction that changed nothing
  for (int i = 0; i < asks; ++i) {
    const Result result = connection.execute("SELECT pg_xact_status(" + quote_literal(token) + "::xid8)",
                                             "ask for the transaction " + std::string(token));
    const std::string_view status = result.text(0, 0);
    if (status == "committed") return {.answer = SLUICE_COMMITTED_YES, .counters = {}};
    if (status == "aborted") return {.answer = SLUICE_COMMITTED_NO, .counters = {}};
    if (status != "in progress") break;
    context_.wait(pause_milliseconds);
  }
  return {};
}

void PostgresWriter::complete() {
  run_statements("postSql");
  if (target_) note_sequences();
}

void PostgresWriter::forget(std::string_view run_id) {
  if (target_) clear_marks(job_connection(), *target_, run_id);
}

// Ids are kept, so a sequence may stand behind them.
void PostgresWriter::note_sequences() {
  for (const auto& field : target_->wanted.fields()) {
    const auto& identities = target_->table.identities;
    if (std::find(identities.begin(), identities.end(), field.name) == identities.end()) continue;
    const std::string sequence =
        "pg_get_serial_sequence(" + quote_literal(target_->table.quoted) + ", " + quote_literal(field.name) + ")";
    const std::string largest = "(SELECT max(" + quote_name(field.name) + ") FROM " + target_->table.quoted + ")";
    const Result behind = job_connection().try_execute("SELECT " + largest + " > coalesce(pg_sequence_last_value(" +
                                                       sequence + "::regclass), 0)");
    if (behind.is_good() && behind.rows() == 1 && behind.text(0, 0) == "t")
      context_.note("sequence of " + field.name, "SELECT setval(" + sequence + ", " + largest + ")");
  }
}

void PostgresWriter::explain(const Split*, const TextSink& sink) {
  for (const auto& sql : sql::target_statements(context_, dialect, "preSql")) sink.emit("prepare", "", sql);
  if (target_) {
    if (is_marked()) sink.emit("prepare", "", marks_of(*target_).ddl());
    if (target_->needs_stage) sink.emit("write", "", target_->create_stage());
    sink.emit("write", "", target_->copy());
    if (target_->needs_stage) sink.emit("write", "", target_->merge_stage());
  }
  for (const auto& sql : sql::target_statements(context_, dialect, "postSql")) sink.emit("complete", "", sql);
}

void PostgresWriter::create_table(const Schema& input, const TextSink& sink) {
  sql::create_table(dialect, sql::target_name(context_, dialect), context_.strings("column"), input, column_type, sink);
}

void PostgresWriter::execute(std::string_view statement) {
  job_connection().execute(std::string(statement), "execute");
}

Readback PostgresWriter::readback() {
  if (!target_) throw internal("readback: the target was not described");
  Readback answer = sql::readback(context_, dialect, info.name, sql::target_name(context_, dialect), target_->wanted);
  const std::string mode = context_.string("writeMode", "insert");
  if (mode == "upsert" || mode == "update") answer.others = "writeMode is " + mode;
  return answer;
}

}  // namespace sluice::postgresql
