// SPDX-License-Identifier: Apache-2.0
#include "sqlite/writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "sql/check.hpp"
#include "sql/readback.hpp"
#include "sql/sql_text.hpp"
#include "sql/target_table.hpp"
#include "sqlite/dialect.hpp"
#include "sqlite/marks.hpp"
#include "sqlite/ping.hpp"
#include "sqlite/reader.hpp"
#include "sqlite/script.hpp"

namespace sluice::sqlite {

namespace {

constexpr const char* no_marks =
    "a commit leaves no mark in the database; setting.delivery exactly-once keeps marks in a table sluice_commit";

constexpr const char* why_wal =
    "a job that reads the file that it writes needs a write-ahead log, without which reading and writing wait for "
    "each other";

bool reads_file(const Schema& input, const std::string& path) {
  for (const Field& field : input.fields()) {
    std::istringstream files(field.meta(meta_files));
    std::error_code is_missing;
    for (std::string file; std::getline(files, file);)
      if (std::filesystem::equivalent(file, path, is_missing)) return true;
  }
  return false;
}

// False when it is there by now: another job may have made it since this one looked. An empty file is a database.
bool create_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0 && errno == EEXIST) return false;
  if (file < 0) throw denied(std::string("create the database file: ") + std::strerror(errno) + ": " + path);
  ::close(file);
  return true;
}

}  // namespace

void SqliteWriter::check(const Context& context) {
  sql::report(context, sql::check_writer(context, dialect, "update"));
}

void SqliteWriter::ping(const Context& context, const TextSink& sink) { ping_file(opening_of(context), true, sink); }

SqliteWriter::SqliteWriter(Context context) : context_(context), opening_(opening_of(context)) {
  file_is_missing_ = !std::filesystem::exists(opening_.path);
  if (!file_is_missing_) {
    check_file(opening_, "path");
    job_connection();
    return;
  }
  const auto directory = std::filesystem::absolute(opening_.path).parent_path();
  if (!std::filesystem::is_directory(directory)) {
    context_.error("path", "no such directory: " + directory.string(), "create it first");
    throw not_found("no such directory: " + directory.string());
  }
  if (context_.has(SLUICE_PRESQL)) return;
  context_.error("path", "no such database file: " + opening_.path,
                 "name a file that is there, or let preSql create the table: the file is made then");
  throw not_found("no such database file: " + opening_.path);
}

Connection& SqliteWriter::job_connection() {
  if (job_ != nullptr) return *job_;
  auto opened = std::make_unique<Connection>(opening_);
  const std::lock_guard lock(mutex_);
  job_ = std::move(opened);
  return *job_;
}

WriterPlan SqliteWriter::missing_target(const Schema& input) const {
  return {
      .wanted = input, .delivery = SLUICE_AT_LEAST_ONCE, .reason = no_marks, .max_tasks = 1, .target_missing = true};
}

void SqliteWriter::report_missing_table(sql::Problems& problems) {
  std::string advice;
  const std::string message = no_such_table(job_connection(), sql::target_name(context_, dialect).text(), advice);
  problems.push_back({"table", message, advice + "; preSql may create it"});
}

WriterPlan SqliteWriter::describe(const Schema& input) {
  input_ = input;
  target_.reset();
  if (file_is_missing_ && job_ == nullptr) return missing_target(input);
  check_journal_of_source(input);
  sql::Problems problems;
  auto target = resolve_target(job_connection(), context_, input, problems);
  if (!target && context_.has(SLUICE_PRESQL) && !prepared_) return missing_target(input);
  if (!target) report_missing_table(problems);
  sql::report_or_throw(context_, problems);
  target_ = std::make_unique<Target>(std::move(*target));
  WriterPlan plan{.wanted = target_->wanted, .max_tasks = 1};
  plan.delivery = is_marked() ? SLUICE_EXACTLY_ONCE : SLUICE_AT_LEAST_ONCE;
  plan.reason = is_marked() ? sql::reason_of_marks : no_marks;
  plan.ddl = marks().ddl();
  plan.doubles_on_rerun =
      context_.string("writeMode", "insert") == "insert" && !writes_a_key(target_->table, target_->written);
  return plan;
}

void SqliteWriter::prepare(bool resume) {
  in_missing_file(!resume, [&] {
    job_connection();
    if (!resume) run_statements("preSql");
    set_journal_mode(*job_);
    if (reads_target_ && job_->text("PRAGMA journal_mode", "journal mode") != "wal")
      throw conflict(why_wal + std::string(", and the file cannot have one just now: ") + opening_.path).retryable();
    if (is_marked()) job_->run(marks().ddl(), "create the table of marks");
    prepared_ = true;
    created_file_ = false;  // from now on it stays
  });
}

// What is to fill the file that is missing. When it fails, nothing of that file stays.
template <class Body>
void SqliteWriter::in_missing_file(bool may_create, const Body& body) {
  if (may_create && file_is_missing_ && !created_file_) created_file_ = create_file(opening_.path);
  try {
    body();
  } catch (...) {
    remove_created_file();
    throw;
  }
}

void SqliteWriter::remove_created_file() noexcept {
  if (!created_file_) return;
  const std::lock_guard lock(mutex_);
  job_.reset();
  std::error_code ignored;
  std::filesystem::remove(opening_.path, ignored);
}

void SqliteWriter::run_statements(std::string_view parameter) {
  const auto statements = sql::target_statements(context_, dialect, parameter);
  run_script(job_connection(), statements, parameter);
}

void SqliteWriter::check_journal_of_source(const Schema& input) {
  reads_target_ = !context_.has(SLUICE_READBACK) && reads_file(input, opening_.path);
  if (!reads_target_) return;
  const std::string wanted = context_.string("journalMode", "wal");
  const std::string mode = wanted == "keep" ? job_connection().text("PRAGMA journal_mode", "journal mode") : wanted;
  if (mode != "wal")
    context_.error("journalMode", why_wal + std::string(": ") + mode,
                   "leave journalMode out: the file has a log then, and keeps it");
}

void SqliteWriter::set_journal_mode(Connection& connection) {
  const std::string wanted = context_.string("journalMode", "wal");
  const std::string before = connection.text("PRAGMA journal_mode", "journal mode");
  if (wanted == "keep" || wanted == before) return;
  try {
    const std::string now = connection.text("PRAGMA journal_mode = " + wanted, "journal mode");
    if (now == wanted && journal_before_.empty()) journal_before_ = before;
  } catch (const Error& error) {
    // Somebody is reading: the run goes on in the mode that is there.
    context_.log(SLUICE_LOG_INFO, error.what());
  }
}

void SqliteWriter::restore_journal_mode() noexcept {
  if (journal_before_.empty() || job_ == nullptr) return;
  // Not worth waiting for: where another connection is open, the mode stays.
  sqlite3_busy_timeout(job_->native(), 0);
  sqlite3_exec(job_->native(), ("PRAGMA journal_mode = " + journal_before_).c_str(), nullptr, nullptr, nullptr);
}

std::unique_ptr<Connection> SqliteWriter::open_for_writing() {
  auto connection = std::make_unique<Connection>(opening_);
  set_journal_mode(*connection);
  std::string level = context_.string("synchronous", "full");
  // A mark that a power cut takes back would be missed: the run's journal says that its split is there.
  if (is_marked() && level == "normal") level = "full";
  connection->run("PRAGMA synchronous = " + level + "; PRAGMA cache_size = -8192", "open database");
  return connection;
}

std::unique_ptr<WriteConnection> SqliteWriter::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return std::make_unique<WriteConnection>(open_for_writing(), *target_);
}

// preSql, or somebody else, may have made another table of it since it was described.
void SqliteWriter::follow_schema_changes() {
  if (schema_version(job_connection()) == target_->schema_version) return;
  sql::Problems problems;
  auto now = resolve_target(job_connection(), context_, input_, problems);
  for (const auto& problem : problems)
    if (!problem.is_warning) throw invalid("the table has changed since it was described: " + problem.message);
  bool same = now && now->wanted.size() == target_->wanted.size();
  for (size_t i = 0; same && i < now->wanted.size(); ++i)
    same = now->wanted[i].type == target_->wanted[i].type && now->wanted[i].name == target_->wanted[i].name;
  if (!same)
    throw invalid("the table has changed since it was described: " + target_->table.shape.table +
                  "; run again, or let preSql keep its columns");
  const std::lock_guard lock(mutex_);
  idle_.clear();
  *target_ = std::move(*now);
}

std::unique_ptr<WriteTask> SqliteWriter::start(Context task) {
  if (target_ == nullptr) throw internal("start: the target was not described");
  follow_schema_changes();
  return std::make_unique<SqliteWriteTask>(task, take(), is_marked(), [this](std::unique_ptr<WriteConnection> back) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(back));
  });
}

Committed SqliteWriter::committed(std::string_view split, uint32_t, std::string_view) {
  if (!is_marked()) return {};
  if (!std::filesystem::exists(opening_.path)) return {.answer = SLUICE_COMMITTED_NO};
  Connection connection(opening_);
  return find_mark(connection, context_.run_id(), split);
}

void SqliteWriter::complete() {
  {
    const std::lock_guard lock(mutex_);
    idle_.clear();
  }
  run_statements("postSql");
  restore_journal_mode();
}

void SqliteWriter::forget(std::string_view run_id) {
  if (job_ != nullptr) clear_marks(*job_, run_id);
}

void SqliteWriter::cancel() noexcept {
  const std::lock_guard lock(mutex_);
  if (job_ != nullptr) job_->interrupt();
}

void SqliteWriter::explain(const Split*, const TextSink& sink) {
  for (const auto& sql : sql::target_statements(context_, dialect, "preSql")) sink.emit("prepare", "", sql);
  if (target_ != nullptr) sink.emit("write", "", target_->insert.sql);
  if (is_marked()) sink.emit("prepare", "", marks().ddl());
  for (const auto& sql : sql::target_statements(context_, dialect, "postSql")) sink.emit("complete", "", sql);
}

void SqliteWriter::create_table(const Schema& input, const TextSink& sink) {
  sql::create_table(dialect, sql::target_name(context_, dialect), context_.strings("column"), input, column_type, sink);
}

void SqliteWriter::execute(std::string_view statement) {
  in_missing_file(true, [&] { job_connection().run(std::string(statement), "execute"); });
}

Readback SqliteWriter::readback() {
  if (target_ == nullptr) throw internal("readback: the target was not described");
  Readback answer = sql::readback(context_, dialect, info.name, sql::target_name(context_, dialect), target_->wanted);
  const std::string mode = context_.string("writeMode", "insert");
  if (mode != "insert") answer.others = "writeMode is " + mode;
  return answer;
}

}  // namespace sluice::sqlite
