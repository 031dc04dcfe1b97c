// SPDX-License-Identifier: Apache-2.0
// Reads tables and queries of PostgreSQL.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "postgresql/connection.hpp"
#include "postgresql/options.hpp"
#include "postgresql/selection.hpp"
#include "postgresql/snapshot.hpp"
#include "sluice/extension.hpp"
#include "sluice/plugin.hpp"

namespace sluice::postgresql {

class PostgresReader : public Reader {
 public:
  static constexpr PluginInfo info{.name = "postgresql",
                                   .version = "1.0.0",
                                   .description = "Reads tables and queries of PostgreSQL",
                                   .options = option_list<reader_options>,
                                   .extension = extensions<PostgresReader>};

  explicit PostgresReader(Context context);

  Schema describe() override { return selection_->schema; }
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;
  void cancel() noexcept override;

  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink) const;

 private:
  void export_snapshots();
  Lane lane_for(Context task, size_t source, const std::string& snapshot);

  Context context_;
  Connections connections_;  // for metadata; they lead the snapshots
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
  std::vector<std::string> snapshots_;  // one a source, "" for none
};

}  // namespace sluice::postgresql
