// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "engine/dead_letters.hpp"
#include "engine/stored_plan.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// The records of dirty ones again, a batch at a time: from the lines of a run's dirty file, in the shape in which they
// arrived at the step that refused them. One thread.
class LetterRecords {
 public:
  LetterRecords(DeadLetters letters, const StageSchema& stage)
      : letters_(std::move(letters)), schema_(record::Schema::make(stage.fields)), step_(stage.step) {}

  const record::Schema& schema() const { return schema_; }
  // The records of the next lines of this step, at most `records` of them; nothing at the end. Others are passed over.
  // The error names what cannot be read.
  boost::system::result<std::optional<record::Batch>, std::string> next(std::size_t records);

  // Which step a line's record goes back to; empty for text that never became a record.
  static std::string step_of(const DeadLetter&);

 private:
  DeadLetters letters_;
  record::Schema schema_;
  std::string step_;
};

}  // namespace sluice::engine
