// SPDX-License-Identifier: Apache-2.0
// Writes one split in one transaction, piece by piece.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mysql/array_bind.hpp"
#include "mysql/connection.hpp"
#include "mysql/records.hpp"
#include "mysql/target.hpp"
#include "sluice/buffer_memory.hpp"
#include "sluice/plugin.hpp"
#include "sql/record_piece.hpp"

namespace sluice::mysql {

// How much is written at a time.
struct PieceSize {
  int64_t records;
  int64_t bytes;
};

class MysqlWriteTask : public WriteTask {
 public:
  // `marked`: the commit leaves a row in sluice_commit. The lane's connection is set up to write (writer.cpp).
  MysqlWriteTask(Context context, std::shared_ptr<const Target> target, std::shared_ptr<Lanes> lanes, Lane lane,
                 PieceSize size, bool marked);

  void write(Batch batch, int64_t ordinal) override;
  void flush() override { write_piece(); }
  void commit(const SluiceCounters& counters) override;
  void abort() noexcept override;
  void cancel() noexcept override { connection().cancel(); }

 private:
  Connection& connection() { return *lane_.connection; }
  void refuse_what_would_change(size_t held);
  void write_piece();
  std::vector<Range> cut(const Records& records);
  void write_range(const Records& records, Range range);
  bool try_load(const Records& records, Range range);
  bool try_array(const Records& records, Range range);
  bool try_rows(const Records& records, Range range);
  bool is_well(Range range);
  bool refuse_or_throw(const Complaint& complaint);
  std::string savepoint();
  std::string restart() const;
  BufferMemory memory_of_packet(Range range);
  void settle_strictly(const Records& records, Range range);
  void leave_mark(const SluiceCounters& counters);
  void give_back();

  Context context_;
  std::shared_ptr<const Target> target_;
  std::shared_ptr<Lanes> lanes_;
  Lane lane_;
  const PieceSize size_;
  const bool marked_;
  std::vector<ValueCheck> checks_;  // of the target's columns
  std::unique_ptr<ArrayInsert> array_;
  sql::RecordPiece piece_;
  int64_t records_ = 0, bytes_ = 0;  // of the piece
  bool has_begun_ = false;           // the transaction
  bool has_savepoint_ = false;
  bool may_stage_ = true;
};

}  // namespace sluice::mysql
