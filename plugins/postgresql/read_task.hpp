// SPDX-License-Identifier: Apache-2.0
// Reads one split.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "postgresql/connection.hpp"
#include "postgresql/copy_out.hpp"
#include "postgresql/decoder.hpp"
#include "postgresql/selection.hpp"
#include "sluice/buffer_memory.hpp"
#include "sluice/plugin.hpp"
#include "sql/cancellation.hpp"

namespace sluice::postgresql {

// The first next() takes a lane and starts the statement: until then nothing waits for the server.
class PostgresReadTask : public ReadTask {
 public:
  PostgresReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes,
                   std::function<Lane()> take_lane, std::string statement, std::string label);
  ~PostgresReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { cancellation_.cancel(); }

 private:
  void start();
  bool fill_block(uint64_t most_records);
  void decode_block();

  Context context_;
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_;
  std::function<Lane()> take_lane_;
  std::string statement_;
  std::string label_;
  Lane lane_;
  sql::Cancellation<Connection> cancellation_;
  std::optional<CopyOut> rows_;
  Decoder decoder_;
  BufferMemory memory_;  // of the client library's buffer and the row that it hands out
  BatchBuilder builder_;
  bool at_end_ = false;
};

}  // namespace sluice::postgresql
