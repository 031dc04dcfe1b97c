// SPDX-License-Identifier: Apache-2.0
// Writes one split in one transaction, which starts at the first batch.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sluice/plugin.hpp"
#include "sqlite/deferred_keys.hpp"
#include "sqlite/write_connection.hpp"

namespace sluice::sqlite {

class SqliteWriteTask : public WriteTask {
 public:
  // Puts the connection back when the task ends.
  using Return = std::function<void(std::unique_ptr<WriteConnection>)>;

  SqliteWriteTask(Context context, std::unique_ptr<WriteConnection> connection, bool marked, Return give_back);
  ~SqliteWriteTask() override;

  void write(Batch batch, int64_t ordinal) override;
  void flush() override;
  void commit(const SluiceCounters& counters) override;
  void abort() noexcept override;
  void cancel() noexcept override { connection().interrupt(); }

 private:
  Connection& connection() const { return *write_->connection; }
  void begin();
  void refuse_bad_values(const Batch& batch);
  void insert_rows(int64_t first, int64_t end);
  bool insert_piece(int64_t first, int64_t end);
  void insert_narrowly(int64_t first, int64_t end);
  void refuse_record(int64_t row);
  void hold(Batch batch);
  void keep_failure();
  int32_t column_in(const std::string& message) const;

  Context context_;
  std::unique_ptr<WriteConnection> write_;
  bool marked_;
  Return give_back_;
  bool begun_ = false;
  int64_t ordinal_ = 0;
  std::vector<BadValue> bad_values_;
  std::vector<int64_t> left_out_;  // of the batch: rows with bad values
  std::vector<int64_t> refused_;   // of the batch: rows that SQLite refused
  std::vector<HeldBatch> held_;    // since the last flush, where a commit can fail for a foreign key
  int failed_code_ = 0;
  std::string failed_message_;
};

}  // namespace sluice::sqlite
