// SPDX-License-Identifier: Apache-2.0
// Reads the records of one range into batches; what is wrong with a record is said through context.reject.
#pragma once

#include <memory>

#include "json_columns.hpp"
#include "layout.hpp"
#include "record.hpp"
#include "sluice/plugin.hpp"
#include "value_parser.hpp"

namespace sluice::file {

// What csv, text and jsonl share. `append` is left to them.
class RecordTask : public ReadTask {
 public:
  RecordTask(Context context, BatchBuilder builder, const std::vector<Column>& columns, std::unique_ptr<Cutter> cutter,
             std::string path);

  bool next(ArrowArray* out) final;

 protected:
  // Appends a record without a fault, in UTF-8, to all columns. False after refuse(): what was appended is undone.
  virtual bool append(const Record& record) = 0;

  // The same for all records of a block, to all columns. False when one of them is to be refused: what was appended is
  // undone by the caller. Asked when `block_.width` is set.
  virtual bool append_block(const RecordBlock& block) { return block.lines.empty(); }

  bool refuse(const Record& record, std::string_view code, std::string_view message, std::int32_t column = -1);

  Context context_;
  BatchBuilder builder_;
  std::vector<ValueParser> parsers_;
  RecordBlock block_;

 private:
  std::uint64_t take_block(std::uint64_t most, std::uint64_t bytes);
  void take(const Record& record);
  bool is_sound(const Record& record);

  std::unique_ptr<Cutter> cutter_;
  std::string path_;
  Record record_;
  std::int64_t rows_ = 0;  // in the batch under construction
};

class DelimitedTask : public RecordTask {
 public:
  DelimitedTask(Context context, BatchBuilder builder, Layout layout, const ReadSettings& settings,
                std::unique_ptr<Cutter> cutter, std::string path);

 private:
  bool append(const Record& record) override;
  bool append_block(const RecordBlock& block) override;
  struct Cell {
    ValueParser* parser;
    std::size_t field;
    const std::string* constant;  // NULL: a field
  };
  bool append_column(const Cell& cell, const RecordBlock& block);
  bool has_right_count(const Record& record);
  bool is_special(std::string_view field) const;
  const char* append_cell(const Cell& cell, std::string_view field);
  const char* append_constant(ValueParser& parser, const std::string& text) const;
  const char* append_special(ValueParser& parser, std::string_view field);

  const Layout layout_;
  const Grammar grammar_;
  const std::string null_format_;
  const char null_begin_;
  const bool is_plain_;  // only a quote or NULL makes a field special
  std::vector<Cell> cells_;
  std::string scratch_;
};

class JsonTask : public RecordTask {
 public:
  JsonTask(Context context, BatchBuilder builder, Layout layout, const ReadSettings& settings,
           std::unique_ptr<Cutter> cutter, std::string path);

 private:
  bool append(const Record& record) override;
  const char* append_value(std::size_t column, const JsonValue& value);

  const Layout layout_;
  JsonColumns columns_;
  const std::string null_format_;
  std::vector<JsonValue> values_;
  std::string scratch_;
};

}  // namespace sluice::file
