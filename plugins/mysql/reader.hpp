// SPDX-License-Identifier: Apache-2.0
// Reads tables and queries of MySQL and MariaDB.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mysql/connection.hpp"
#include "mysql/options.hpp"
#include "mysql/selection.hpp"
#include "mysql/snapshot.hpp"
#include "sluice/extension.hpp"
#include "sluice/plugin.hpp"

namespace sluice::mysql {

class MysqlReader : public Reader {
 public:
  static constexpr PluginInfo info{.name = "mysql",
                                   .version = "1.0.0",
                                   .description = "Reads tables and queries of MySQL and MariaDB",
                                   .options = option_list<reader_options>,
                                   .aliases = aliases,
                                   .extension = extensions<MysqlReader>};

  explicit MysqlReader(Context context);

  Schema describe() override { return selection_->schema; }
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;
  void cancel() noexcept override;

  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink) const;

 private:
  std::string snapshot_for(const SluicePlanRequest& request, size_t splits);
  Snapshot try_snapshot(size_t lanes);
  std::string reason_against_snapshot(const SluicePlanRequest& request) const;
  Lane lane_for(Context task, size_t source, const std::string& snapshot);

  Context context_;
  Connections connections_;  // for metadata
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
};

}  // namespace sluice::mysql
