// SPDX-License-Identifier: Apache-2.0
// Reads one split, a batch at a time.
#pragma once

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
  const std::vector<DeclaredType>& types;
  std::string select;
  std::string label;             // for dirty records: "orders, id below 1000"
  std::function<void()> at_end;  // called once, when all was read
};

class SqliteReadTask : public ReadTask {
 public:
  SqliteReadTask(Context context, Reading reading);
  ~SqliteReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { connection_->interrupt(); }

 private:
  bool append_record();
  void refuse(size_t column, sqlite3_value* value, const struct BadCell& bad);

  Context context_;
  Reading reading_;
  std::unique_ptr<Connection> connection_;
  Statement statement_;
  BatchBuilder builder_;
  uint64_t records_ = 0;  // of the split, dirty ones included
  uint64_t bytes_ = 0;    // of the batch
  bool at_end_ = false;
};

}  // namespace sluice::sqlite
