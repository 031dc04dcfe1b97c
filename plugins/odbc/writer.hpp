// SPDX-License-Identifier: Apache-2.0
// Writes a table of whatever has an ODBC driver. README.md has the behaviour.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "odbc/connection.hpp"
#include "odbc/options.hpp"
#include "odbc/target.hpp"
#include "sluice/extension.hpp"
#include "sluice/plugin.hpp"
#include "sql/marks.hpp"

namespace sluice::odbc {

class OdbcWriter : public Writer {
 public:
  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink);
  void create_table(const Schema& input, const TextSink& sink);
  void execute(std::string_view statement);
  Readback readback();
  void forget(std::string_view run_id);

  static constexpr PluginInfo info{.name = "odbc",
                                   .version = "1.0.0",
                                   .description = "Writes tables through ODBC drivers",
                                   .options = option_list<writer_options>,
                                   .extension = extensions<OdbcWriter>};

  explicit OdbcWriter(Context context);

  WriterPlan describe(const Schema& input) override;
  void prepare(bool resume) override;
  Committed committed(std::string_view split, uint32_t attempt, std::string_view token) override;
  void complete() override;
  std::unique_ptr<WriteTask> start(Context task) override;
  void cancel() noexcept override;

 private:
  void promise(Connection& connection, const Target* target, WriterPlan& plan);
  std::shared_ptr<Connection> job_connection();
  void run_statements(const char* parameter);
  std::vector<std::string> statements_of(const char* parameter, const Connection& connection) const;
  std::unique_ptr<Connection> connect_to_write() const;

  Context context_;
  std::mutex mutex_;  // of job_
  std::shared_ptr<Connection> job_;
  bool is_prepared_ = false;
  std::shared_ptr<const Target> target_;
  std::optional<sql::Marks> marks_;  // when commits leave some
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
};

}  // namespace sluice::odbc
