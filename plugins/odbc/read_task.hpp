// SPDX-License-Identifier: Apache-2.0
// Reads one split.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "odbc/connection.hpp"
#include "odbc/row_block.hpp"
#include "odbc/source.hpp"
#include "sluice/plugin.hpp"
#include "sql/cancellation.hpp"
#include "sql/free_buffer.hpp"

namespace sluice::odbc {

// The first next() takes a lane and starts the statement: until then nothing waits for the server.
class OdbcReadTask : public ReadTask {
 public:
  OdbcReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes,
               std::function<Lane()> take_lane, std::string sql, std::string label, int64_t fetch_size);
  ~OdbcReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { cancellation_.cancel(); }

 private:
  void start();
  void refuse(const BadRecord& bad);

  Context context_;
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_;
  std::function<Lane()> take_lane_;
  std::string sql_;
  std::string label_;
  const int64_t fetch_size_;
  Lane lane_;
  sql::Cancellation<Connection> cancellation_;
  std::optional<Statement> statement_;
  BufferMemory memory_;  // of the block
  std::optional<RowBlock> block_;
  BatchBuilder builder_;
  bool at_end_ = false;
};

}  // namespace sluice::odbc
