// SPDX-License-Identifier: Apache-2.0
// Writes a table of PostgreSQL. README.md has the behaviour.
#pragma once

#include <memory>
#include <string>

#include "postgresql/connection.hpp"
#include "postgresql/options.hpp"
#include "postgresql/target.hpp"
#include "postgresql/witness.hpp"
#include "sluice/extension.hpp"
#include "sluice/plugin.hpp"
#include "sql/cancellation.hpp"

namespace sluice::postgresql {

class PostgresWriter : public Writer {
 public:
  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink);
  void create_table(const Schema& input, const TextSink& sink);
  void execute(std::string_view statement);
  Readback readback();
  void forget(std::string_view run_id);

  static constexpr PluginInfo info{.name = "postgresql",
                                   .version = "1.0.0",
                                   .description = "Tables of PostgreSQL",
                                   .options = option_list<writer_options>,
                                   .extension = extensions<PostgresWriter>};

  explicit PostgresWriter(Context context);

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
  void note_sequences();
  std::unique_ptr<Connection> connect_to_write();

  Context context_;
  Settings settings_;
  sql::Cancellation<Connection> cancellation_;  // of job_
  std::shared_ptr<Connection> job_;
  bool answers_for_transactions_ = true;  // pg_xact_status may be called
  bool is_prepared_ = false;
  std::shared_ptr<const Target> target_;
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
  std::shared_ptr<Witness> witness_;  // where the server is asked for transactions
};

}  // namespace sluice::postgresql
