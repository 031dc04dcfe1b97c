// SPDX-License-Identifier: Apache-2.0
// Writes a table of MySQL or MariaDB. README.md has the behaviour.
#pragma once

#include <memory>
#include <string>

#include "mysql/connection.hpp"
#include "mysql/options.hpp"
#include "mysql/target.hpp"
#include "mysql/writer_options.hpp"
#include "sluice/extension.hpp"
#include "sluice/plugin.hpp"
#include "sql/cancellation.hpp"

namespace sluice::mysql {

class MysqlWriter : public Writer {
 public:
  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink);
  void create_table(const Schema& input, const TextSink& sink);
  void execute(std::string_view statement);
  Readback readback();
  void forget(std::string_view run_id);

  static constexpr PluginInfo info{.name = "mysql",
                                   .version = "1.0.0",
                                   .description = "Tables of MySQL and MariaDB",
                                   .options = option_list<writer_options>,
                                   .aliases = aliases,
                                   .extension = extensions<MysqlWriter>};

  explicit MysqlWriter(Context context);

  WriterPlan describe(const Schema& input) override;
  void prepare(bool resume) override;
  Committed committed(std::string_view split, uint32_t attempt, std::string_view token) override;
  void complete() override;
  std::unique_ptr<WriteTask> start(Context task) override;
  void cancel() noexcept override { cancellation_.cancel(); }

 private:
  bool is_marked() const;
  std::shared_ptr<Connection> connect_for_job();
  Connection& job_connection();
  void run_statements(const char* parameter);
  std::string write_session() const;
  std::unique_ptr<Connection> connect_to_write();

  Context context_;
  Settings settings_;
  sql::Cancellation<Connection> cancellation_;  // of job_
  std::shared_ptr<Connection> job_;
  bool is_prepared_ = false;
  std::shared_ptr<const Target> target_;
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
};

}  // namespace sluice::mysql
