// SPDX-License-Identifier: Apache-2.0
// Writes one split in one transaction, which starts at the first batch.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "odbc/connection.hpp"
#include "odbc/parameter_block.hpp"
#include "odbc/target.hpp"
#include "sluice/plugin.hpp"
#include "sql/marks.hpp"

namespace sluice::odbc {

struct WriteLimits {
  size_t records, bytes;  // of one execution
};

class OdbcWriteTask : public WriteTask {
 public:
  // `marks`: where the commit leaves one, if anywhere.
  OdbcWriteTask(Context context, std::shared_ptr<const Target> target, std::shared_ptr<Lanes> lanes, Lane lane,
                WriteLimits limits, std::optional<sql::Marks> marks);
  ~OdbcWriteTask() override;

  void write(Batch batch, int64_t ordinal) override;
  void commit(const SluiceCounters& counters) override;
  void abort() noexcept override;
  void cancel() noexcept override { connection().cancel(); }

 private:
  Connection& connection() { return *lane_.connection; }
  void begin();
  void settle_path();
  std::vector<int64_t> check_values(const Batch& batch, int64_t ordinal);
  void write_piece(std::span<const int64_t> rows, int64_t ordinal);
  bool attempt(std::span<const int64_t> rows);
  void refuse(int64_t row, int64_t ordinal);
  void leave_mark(const SluiceCounters& counters);
  void give_back();

  Context context_;
  std::shared_ptr<const Target> target_;
  std::shared_ptr<Lanes> lanes_;
  Lane lane_;
  WriteLimits limits_;
  const std::optional<sql::Marks> marks_;
  std::optional<Statement> statement_;
  std::optional<ParameterBlock> block_;
  std::vector<ColumnView> columns_;  // of the batch
  bool has_begun_ = false;
  bool has_savepoints_ = false;
  Diagnosis last_;  // why the last attempt failed
};

}  // namespace sluice::odbc
