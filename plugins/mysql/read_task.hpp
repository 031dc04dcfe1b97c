// SPDX-License-Identifier: Apache-2.0
// Reads one split.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mysql/connection.hpp"
#include "mysql/result_stream.hpp"
#include "mysql/selection.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/plugin.hpp"
#include "sql/fault.hpp"

namespace sluice::mysql {

class MysqlReadTask : public ReadTask {
 public:
  MysqlReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes, Lane lane,
                const std::string& statement, std::string label);
  ~MysqlReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { lane_.connection->cancel(); }

 private:
  bool add_record();
  void reject(size_t column, const sql::Fault& fault, MYSQL_ROW row);

  Context context_;
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_;
  Lane lane_;
  std::string label_;
  std::optional<ResultStream> rows_;
  BatchBuilder builder_;
  uint64_t unseen_bytes_ = 0;  // of values since the builder was last asked for its size
};

}  // namespace sluice::mysql
