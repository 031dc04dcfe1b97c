// SPDX-License-Identifier: Apache-2.0
// Reads one split, a batch at a time.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sluice/batch_builder.hpp"
#include "sluice/plugin.hpp"
#include "sqlite/declared_type.hpp"
#include "sqlite/snapshot.hpp"

namespace sluice::sqlite {

// What a split is read with. The vectors live in the reader.
struct Reading {
  std::shared_ptr<Snapshot> file;
  const Schema& schema;
  std::shared_ptr<BatchPool> buffers;
  const std::vector<DeclaredType>& types;
  std::string select;
  bool in_rows = false;          // the one column of the select is row_function over all columns
  std::string label;             // for dirty records: "orders, id below 1000"
  std::function<void()> at_end;  // called once, when all was read
};

// A function of SQL's that takes a whole record: one call a record, where every sqlite3_column_value() would take and
// give back a lock.
inline constexpr const char* row_function = "sluice_row";

class SqliteReadTask : public ReadTask {
 public:
  SqliteReadTask(Context context, Reading reading);

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { connection_->interrupt(); }

 private:
  static void on_row(sqlite3_context* call, int count, sqlite3_value** values) noexcept;
  bool read_record();
  void append_record(sqlite3_value** values);
  void refuse(size_t column, sqlite3_value* value, const struct BadCell& bad);
  uint64_t bytes() const;

  Context context_;
  Reading reading_;
  Snapshot::Lease connection_;
  Statement statement_;  // ends before the connection goes to another
  BatchBuilder builder_;
  std::vector<ColumnBuilder*> columns_;
  std::vector<ColumnBuilder*> variable_columns_;
  uint64_t fixed_bytes_ = 0;  // of a record
  std::vector<sqlite3_value*> values_;
  std::exception_ptr thrown_;  // in on_row
  uint64_t records_ = 0;       // of the split, dirty ones included
  int64_t size_ = 0;           // of the batch
  bool at_end_ = false;
};

}  // namespace sluice::sqlite
