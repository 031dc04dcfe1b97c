// SPDX-License-Identifier: Apache-2.0
// The reader of local files. One split a file; large plain files are cut into ranges of whole records.
#pragma once

#include <optional>

#include "layout.hpp"
#include "open_text.hpp"
#include "reader_options.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/sluice.hpp"

namespace sluice::file {

class FileReader : public Reader {
 public:
  static void check(const Context& context) { read_settings(context); }
  void explain(const Split* split, const TextSink& sink);
  static constexpr PluginInfo info{.name = "file",
                                   .version = "1.0.0",
                                   .description = "Reads csv, text and jsonl files of this machine",
                                   .options = option_list<reader_options>,
                                   .extension = extensions<FileReader>};

  explicit FileReader(Context context);

  Schema describe() override;
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;

 private:
  void wait_for_mark() const;
  const std::vector<Column>& columns();
  std::vector<std::string> propose_columns();
  void plan_file(const std::string& path, const SluicePlanRequest& request, const SplitSink& sink);
  std::vector<Range> cut(const Range& file, const SluicePlanRequest& request) const;

  Context context_;
  ReadSettings settings_;
  std::vector<std::string> files_;
  std::optional<std::vector<Column>> columns_;
  std::shared_ptr<BatchPool> buffers_ = std::make_shared<BatchPool>();  // of all splits
};

// Of a column: the pattern of files that it is read from, so that a writer can tell that it would replace them.
inline constexpr const char* meta_files = "file.paths";

}  // namespace sluice::file
