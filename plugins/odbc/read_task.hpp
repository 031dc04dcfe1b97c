// SPDX-License-Identifier: Apache-2.0
// Reads one split.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "odbc/lanes.hpp"
#include "odbc/row_block.hpp"
#include "odbc/source.hpp"
#include "sluice/plugin.hpp"

namespace sluice::odbc {

class OdbcReadTask : public ReadTask {
 public:
  OdbcReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes,
               std::unique_ptr<Connection> connection, const std::string& sql, std::string label, int64_t fetch_size);
  ~OdbcReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { connection_->cancel(); }

 private:
  void refuse(const BadRecord& bad);

  Context context_;
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_;
  std::unique_ptr<Connection> connection_;
  std::string label_;
  std::optional<Statement> statement_;
  std::optional<RowBlock> block_;
  std::optional<Reservation> reservation_;
  BatchBuilder builder_;
  bool at_end_ = false;
};

}  // namespace sluice::odbc
