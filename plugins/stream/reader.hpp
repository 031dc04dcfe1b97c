// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/extension.hpp>

#include <memory>

#include "column.hpp"
#include "options.hpp"

namespace sluice::stream {

// Makes records out of nothing: one split a lane, `sliceRecordCount` records each. Record i of split s depends on
// the seed, s and i alone.
class StreamReader : public Reader {
 public:
  static constexpr PluginInfo info{.name = "stream",
                                   .version = "1.0.0",
                                   .description = "Makes records of constant, random or counted values",
                                   .options = option_list<reader_options>,
                                   .extension = extensions<StreamReader>};

  explicit StreamReader(Context context);
  // Reports every breach of the rules that the option table cannot express.
  static void check(const Context& context);
  Schema describe() override { return source_->schema; }
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;

  struct Source {
    std::vector<Column> columns;
    Schema schema;
    std::shared_ptr<BatchPool> buffers = std::make_shared<BatchPool>();  // of all splits
    uint64_t seed;
    uint64_t records;  // of a split
  };

 private:
  std::shared_ptr<const Source> source_;
};

}  // namespace sluice::stream
