// SPDX-License-Identifier: Apache-2.0
// Reads tables and queries of whatever has an ODBC driver. README.md has the behaviour.
#pragma once

#include <memory>
#include <string>

#include "odbc/connection.hpp"
#include "odbc/options.hpp"
#include "odbc/source.hpp"
#include "sluice/extension.hpp"
#include "sluice/plugin.hpp"

namespace sluice::odbc {

class OdbcReader : public Reader {
 public:
  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink) const;

  static constexpr PluginInfo info{.name = "odbc",
                                   .version = "1.0.0",
                                   .description = "Reads tables and queries through ODBC drivers",
                                   .options = option_list<reader_options>,
                                   .extension = extensions<OdbcReader>};

  explicit OdbcReader(Context context);

  Schema describe() override { return selection_->schema; }
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;
  void cancel() noexcept override { connection_.cancel(); }

 private:
  Lane take_lane();

  Context context_;
  Connection connection_;  // for metadata
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
};

}  // namespace sluice::odbc
