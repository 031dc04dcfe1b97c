// SPDX-License-Identifier: Apache-2.0
//
// The first records of a job, as they would reach its writer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/open_job.hpp"
#include "plugin/failure.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// Why a record is a dirty one.
struct PreviewRefusal {
  std::string step, stage;  // stage: "reader", "processor", "cast"
  std::string column;       // empty: the record as a whole
  std::string code, message;
  std::string location, raw;  // of text that never became a record
};

// One record: a row of a batch, in the schema of the stage that it reached. Text that never became one has no batch.
struct PreviewRecord {
  record::SharedBatch batch;
  const record::Schema* schema = nullptr;  // of the open job
  std::int64_t row = -1;
  std::optional<PreviewRefusal> refusal;
};

struct Preview {
  std::vector<PreviewRecord> records;
  bool is_cast = false;                    // records are as the writer gets them; else as they arrive at the cast
  bool is_whole = false;                   // the source has no more
  std::uint64_t filtered = 0, added = 0;   // by processors
  std::optional<plugin::Failure> failure;  // what ended it early
};

// Reads the first records, one split after another, through processors and cast. The writer is not used at all, the
// job may lack it. One thread.
Preview preview(OpenJob&, std::size_t records);

}  // namespace sluice::engine
