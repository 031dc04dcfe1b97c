// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/check.hpp>
#include <sluice/plugin.hpp>

#include <memory>

#include "column.hpp"
#include "options.hpp"

namespace sluice::stream {

// Every breach of the rules that the option table cannot express.
void check_reader(const Context& context);

// Makes records out of nothing: one split a lane, `sliceRecordCount` records each. Record i of split s depends on
// the seed, s and i alone.
class StreamReader : public Reader {
 public:
  static constexpr PluginInfo info{.name = "stream",
                                   .version = "1.0.0",
                                   .description = "Makes records of constant, random or counted values",
                                   .options = option_list<reader_options>,
                                   .extension = check_extension<&check_reader>};

  explicit StreamReader(Context context);
  Schema describe() override { return source_->schema; }
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;

  struct Source {
    std::vector<Column> columns;
    Schema schema;
    uint64_t seed;
    uint64_t records;  // of a split
  };

 private:
  std::shared_ptr<const Source> source_;
};

}  // namespace sluice::stream
