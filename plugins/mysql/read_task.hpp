// SPDX-License-Identifier: Apache-2.0
// Reads one split.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "mysql/connection.hpp"
#include "mysql/result_stream.hpp"
#include "mysql/selection.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/buffer_memory.hpp"
#include "sluice/plugin.hpp"
#include "sql/cancellation.hpp"
#include "sql/field_block.hpp"

namespace sluice::mysql {

// The first next() takes a lane and starts the statement: until then nothing waits for the server.
class MysqlReadTask : public ReadTask {
 public:
  MysqlReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes,
                std::function<Lane()> take_lane, std::string statement, std::string label);
  ~MysqlReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { cancellation_.cancel(); }

 private:
  void start();
  bool take_row(uint64_t most_records, uint64_t most_bytes);
  bool add(MYSQL_ROW row);
  void decode_block();
  std::string record_text(size_t row) const;

  Context context_;
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_;
  std::function<Lane()> take_lane_;
  std::string statement_;
  std::string label_;
  Lane lane_;
  sql::Cancellation<Connection> cancellation_;
  std::optional<ResultStream> rows_;
  sql::FieldBlock block_;
  BufferMemory memory_;  // of the client library's buffer, which is as large as the largest row
  BatchBuilder builder_;
};

}  // namespace sluice::mysql
