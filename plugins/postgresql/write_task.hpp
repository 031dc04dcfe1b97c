// SPDX-License-Identifier: Apache-2.0
// Writes one split in one transaction: a COPY from flush to flush.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "postgresql/connection.hpp"
#include "postgresql/copy_in.hpp"
#include "postgresql/encoder.hpp"
#include "postgresql/target.hpp"
#include "postgresql/witness.hpp"
#include "sluice/plugin.hpp"
#include "sql/record_piece.hpp"

namespace sluice::postgresql {

class PostgresWriteTask : public WriteTask {
 public:
  // Without a witness the commit leaves a mark, a row in sluice_commit, when `marked`, and nothing else.
  PostgresWriteTask(Context context, std::shared_ptr<const Target> target, std::shared_ptr<Lanes> lanes, Lane lane,
                    std::shared_ptr<Witness> witness, bool marked);

  void write(Batch batch, int64_t ordinal) override;
  void flush() override;
  std::string_view commit_token() override;
  void commit(const SluiceCounters& counters) override;
  void abort() noexcept override;
  void cancel() noexcept override { connection().cancel(); }

 private:
  Connection& connection() { return *lane_.connection; }
  std::string restart() const;
  void open_copy();
  void stream(sql::RecordPiece::Held& held, size_t index);
  Result finish_copy();
  void resolve(Result failed);
  bool refuse_named_record(const Result& failed);
  void write_narrowly();
  void merge_and_check(Result& verdict);
  void leave_mark(const SluiceCounters& counters);
  void give_back();

  Context context_;
  std::shared_ptr<const Target> target_;
  std::shared_ptr<Lanes> lanes_;
  Lane lane_;
  const std::shared_ptr<Witness> witness_;
  const bool marked_;
  std::unique_ptr<Encoder> encoder_;
  std::optional<CopyIn> copy_;
  sql::RecordPiece piece_;
  bool has_begun_ = false;      // the transaction
  bool has_savepoint_ = false;  // behind an earlier piece
  std::string token_;
};

}  // namespace sluice::postgresql
