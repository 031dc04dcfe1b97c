// SPDX-License-Identifier: Apache-2.0
// The writer of local files. Splits are written aside and become visible together, on complete().
#pragma once

#include <optional>

#include "publication.hpp"
#include "row_writer.hpp"
#include "sluice/extension.hpp"
#include "sluice/sluice.hpp"
#include "writer_options.hpp"

namespace sluice::file {

class FileWriter : public Writer {
 public:
  static void check(const Context& context) { write_settings(context); }
  void explain(const Split*, const TextSink& sink);
  Readback readback();
  void forget(std::string_view run_id);
  static constexpr PluginInfo info{.name = "file",
                                   .version = "1.0.0",
                                   .description = "Writes csv, text and jsonl files on this machine",
                                   .options = option_list<writer_options>,
                                   .extension = extensions<FileWriter>};

  explicit FileWriter(Context context);
  // Removes what the run left aside, unless it may be resumed: then the host says when that is over (forget).
  ~FileWriter() override;

  WriterPlan describe(const Schema& input) override;
  void prepare(bool resume) override;
  Committed committed(std::string_view split, std::uint32_t attempt, std::string_view token) override;
  void complete() override;
  std::unique_ptr<WriteTask> start(Context task) override;

 private:
  void check_directory() const;
  void check_conflicts() const;
  void check_columns(const Schema& input) const;
  void check_not_read(const Schema& input) const;
  std::string encoded_header() const;

  Context context_;
  WriteSettings settings_;
  Staging staging_;
  RowFormat format_;
  bool prepared_ = false;
  bool completed_ = false;
};

}  // namespace sluice::file
