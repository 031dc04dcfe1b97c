// SPDX-License-Identifier: Apache-2.0
#include "odbc/writer.hpp"

#include "odbc/marks.hpp"
#include "odbc/ping.hpp"
#include "odbc/write_task.hpp"
#include "sql/check.hpp"
#include "sql/readback.hpp"
#include "sql/statements.hpp"
#include "sql/target_table.hpp"

namespace sluice::odbc {

namespace {
constexpr const char* by_nothing =
    "no database can be asked through ODBC what became of a transaction; setting.delivery exactly-once keeps marks in "
    "a table sluice_commit";

Settings settings_of(const Context& context) {
  const Settings settings = Settings::read(context);
  return context.has(SLUICE_CHECK_ONLY) ? settings.in_memory_when_missing() : settings;
}
}  // namespace

void OdbcWriter::check(const Context& context) {
  sql::Problems problems = sql::check_writer(context, any_dialect, "update");
  check_settings(context, problems);
  sql::report(context, problems);
}

void OdbcWriter::ping(const Context& context, const TextSink& sink) { ping_source(Settings::read(context), sink); }

OdbcWriter::OdbcWriter(Context context) : context_(context), job_(std::make_shared<Connection>(settings_of(context))) {
  if (!job_->has_transactions())
    context.warn("", "the database has no transactions: records of a split that fails stay where they are",
                 "write into an empty table, and empty it before the next try");
}

// A long run may outlive its first connection.
std::shared_ptr<Connection> OdbcWriter::job_connection() {
  if (job_->is_cancelled() || !job_->is_lost()) return job_;
  auto next = std::make_shared<Connection>(job_->settings());
  const std::lock_guard lock(mutex_);
  return job_ = std::move(next);
}

WriterPlan OdbcWriter::describe(const Schema& input) {
  target_.reset();
  marks_.reset();
  sql::Problems problems;
  const auto connection = job_connection();
  auto target = find_target(*connection, context_, input, problems);
  WriterPlan plan{.wanted = input};
  promise(*connection, target ? &*target : nullptr, plan);
  if (!target && context_.has(SLUICE_PRESQL) && !is_prepared_) {
    plan.target_missing = true;
    return plan;
  }
  if (!target && !problems.empty()) problems.back().advice += "; preSql may create it";
  if (marks_ && !sql::has_errors(problems)) check_marks(*connection, *marks_, problems);
  sql::report_or_throw(context_, problems);
  plan.wanted = target->wanted;
  plan.doubles_on_rerun = !target->table.shape.has_key_in(target->written);
  // Its file has one writer at a time.
  if (connection->product().name == "SQLite") plan.max_tasks = 1;
  target_ = std::make_shared<const Target>(std::move(*target));
  // After preSql has made the target: prepare() could not know it.
  if (marks_ && is_prepared_) create_marks(*connection, *marks_);
  return plan;
}

// `target`: NULL while it is not there.
void OdbcWriter::promise(Connection& connection, const Target* target, WriterPlan& plan) {
  const bool wants_marks = context_.delivery() == SLUICE_EXACTLY_ONCE;
  plan.reason = reason_against_marks(connection, target);
  if (!plan.reason.empty()) return;
  plan.delivery = wants_marks ? SLUICE_EXACTLY_ONCE : SLUICE_AT_LEAST_ONCE;
  plan.reason = wants_marks ? sql::reason_of_marks : by_nothing;
  if (target == nullptr) return;
  const sql::Marks marks = odbc::marks_of(connection, *target);
  plan.ddl = marks.ddl();
  if (wants_marks) marks_ = marks;
}

void OdbcWriter::prepare(bool resume) {
  if (!resume) run_statements("preSql");
  if (marks_) create_marks(*job_connection(), *marks_);
  is_prepared_ = true;
}

Committed OdbcWriter::committed(std::string_view split, uint32_t, std::string_view) {
  if (!marks_) return {};
  Connection connection(job_connection()->settings());
  return find_mark(connection, *marks_, context_.run_id(), split);
}

void OdbcWriter::complete() { run_statements("postSql"); }

void OdbcWriter::forget(std::string_view run_id) {
  if (marks_) clear_marks(*job_connection(), *marks_, run_id);
}

// Not every driver takes several statements at once.
std::vector<std::string> OdbcWriter::statements_of(const char* parameter, const Connection& connection) const {
  const auto& dialect = connection.dialect();
  std::vector<std::string> all;
  for (const auto& entry : sql::target_statements(context_, dialect, parameter))
    for (auto& one : sql::split_statements(dialect, entry)) all.push_back(std::move(one));
  return all;
}

void OdbcWriter::run_statements(const char* parameter) {
  const auto connection = job_connection();
  for (const auto& statement : statements_of(parameter, *connection)) connection->execute(statement, parameter);
}

std::unique_ptr<Connection> OdbcWriter::connect_to_write() const {
  auto connection = std::make_unique<Connection>(job_->settings());
  if (!connection->product().setup.empty()) connection->execute(connection->product().setup, "set the session up");
  if (connection->has_transactions()) connection->begin_transactions();
  return connection;
}

std::unique_ptr<WriteTask> OdbcWriter::start(Context task) {
  if (!target_) throw internal("start: the target was not described");
  Lane lane = lanes_->take(0, "");
  if (!lane.connection) lane.connection = connect_to_write();
  const WriteLimits limits{static_cast<size_t>(context_.integer("batchSize", 1024)),
                           static_cast<size_t>(context_.integer("batchByteSize", 4 << 20))};
  return std::make_unique<OdbcWriteTask>(task, target_, lanes_, std::move(lane), limits, marks_);
}

void OdbcWriter::cancel() noexcept {
  const std::lock_guard lock(mutex_);
  job_->cancel();
}

void OdbcWriter::explain(const Split*, const TextSink& sink) {
  for (const auto& sql : statements_of("preSql", *job_)) sink.emit("prepare", "", sql);
  if (marks_) sink.emit("prepare", "", marks_->ddl());
  if (target_) sink.emit("write", "", target_->insert);
  for (const auto& sql : statements_of("postSql", *job_)) sink.emit("complete", "", sql);
}

void OdbcWriter::create_table(const Schema& input, const TextSink& sink) {
  const auto connection = job_connection();
  odbc::create_table(*connection, context_, input, sink);
}

void OdbcWriter::execute(std::string_view statement) { job_connection()->execute(statement, "execute"); }

Readback OdbcWriter::readback() {
  if (!target_) throw internal("readback: the target was not described");
  const auto& dialect = job_connection()->dialect();
  return sql::readback(context_, dialect, info.name, sql::target_name(context_, dialect), target_->wanted);
}

}  // namespace sluice::odbc
