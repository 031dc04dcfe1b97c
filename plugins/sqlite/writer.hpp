// SPDX-License-Identifier: Apache-2.0
// Writes a table of a SQLite database file. README.md has the behaviour.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sluice/extension.hpp"
#include "sqlite/options.hpp"
#include "sqlite/target.hpp"
#include "sqlite/write_task.hpp"

namespace sluice::sqlite {

class SqliteWriter : public Writer {
 public:
  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink);
  void create_table(const Schema& input, const TextSink& sink);
  void execute(std::string_view statement);
  Readback readback();
  void forget(std::string_view run_id);

  static constexpr PluginInfo info{.name = "sqlite",
                                   .version = "0.1.0",
                                   .description = "SQLite database files",
                                   .options = option_list<writer_options>,
                                   .extension = extensions<SqliteWriter>};

  explicit SqliteWriter(Context context);

  WriterPlan describe(const Schema& input) override;
  void prepare(bool resume) override;
  Committed committed(std::string_view split, uint32_t attempt, std::string_view token) override;
  void complete() override;
  std::unique_ptr<WriteTask> start(Context task) override;
  void cancel() noexcept override;

 private:
  bool is_marked() const { return context_.delivery() == SLUICE_EXACTLY_ONCE; }
  Connection& job_connection();
  std::unique_ptr<Connection> open_for_writing();
  std::unique_ptr<WriteConnection> take();
  void check_journal_of_source(const Schema& input);
  void set_journal_mode(Connection& connection);
  void restore_journal_mode() noexcept;
  void run_statements(std::string_view parameter);
  template <class Body>
  void in_missing_file(bool may_create, const Body& body);
  void remove_created_file() noexcept;
  WriterPlan missing_target(const Schema& input) const;
  void report_missing_table(sql::Problems& problems);
  void follow_schema_changes();

  Context context_;
  Opening opening_;
  bool file_is_missing_ = false;
  bool created_file_ = false;
  bool prepared_ = false;
  bool reads_target_ = false;  // the job does
  std::mutex mutex_;  // over job_ (against cancel) and idle_ (against ending tasks)
  std::unique_ptr<Connection> job_;
  Schema input_;
  std::unique_ptr<Target> target_;
  std::vector<std::unique_ptr<WriteConnection>> idle_;  // of target_
  std::string journal_before_;                          // "" : not changed
};

}  // namespace sluice::sqlite
