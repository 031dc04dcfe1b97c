// SPDX-License-Identifier: Apache-2.0
// Reads one split.
#pragma once

#include <memory>
#include <string>

#include "postgresql/connection.hpp"
#include "postgresql/copy_out.hpp"
#include "postgresql/decoder.hpp"
#include "postgresql/selection.hpp"
#include "sluice/plugin.hpp"

namespace sluice::postgresql {

class PostgresReadTask : public ReadTask {
 public:
  PostgresReadTask(Context context, std::shared_ptr<const Selection> selection, std::shared_ptr<Lanes> lanes, Lane lane,
                   const std::string& statement, std::string label);
  ~PostgresReadTask() override;

  bool next(ArrowArray* out) override;
  void cancel() noexcept override { lane_.connection->cancel(); }

 private:
  bool fill_block(uint64_t most_records);
  void decode_block();

  Context context_;
  std::shared_ptr<const Selection> selection_;
  std::shared_ptr<Lanes> lanes_;
  Lane lane_;
  std::string label_;
  CopyOut rows_;
  Decoder decoder_;
  BatchBuilder builder_;
  bool at_end_ = false;
};

}  // namespace sluice::postgresql
