// SPDX-License-Identifier: Apache-2.0
// Writes one split in one transaction, which starts at the first batch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sluice/plugin.hpp"
#include "sqlite/batch_rows.hpp"
#include "sqlite/target.hpp"
#include "sqlite/value_check.hpp"

namespace sluice::sqlite {

// A connection that is ready to write; kept by the writer from split to split.
struct WriteConnection {
  WriteConnection(std::unique_ptr<Connection> opened, const Target& to);

  std::unique_ptr<Connection> connection;
  const Target& target;
  BatchRows rows;
  std::vector<CheckValue> checks;
  Statement insert;  // before the connection it goes
};

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
  void keep_failure();
  int32_t column_in(const std::string& message) const;

  Context context_;
  std::unique_ptr<WriteConnection> write_;
  bool marked_;
  Return give_back_;
  bool begun_ = false;
  int64_t ordinal_ = 0;
  std::vector<BadValue> bad_values_;
  std::vector<int64_t> left_out_;
  int failed_code_ = 0;
  std::string failed_message_;
};

}  // namespace sluice::sqlite
