// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/keyed_records.hpp"

namespace sluice::engine {

// One record that is not on both sides, as far as it is told about.
struct RecordDetail {
  KeyedRecord hashes;
  std::vector<std::uint64_t> columns;         // a hash of each
  boost::json::object key;                    // its values; empty when the whole record is the key
  std::optional<boost::json::object> values;  // of all columns as texts, long ones cut; only when asked for
};

// The last look at a side: what is needed to name the records that differ.
class RecordDetails : public Gatherer {
 public:
  static constexpr std::size_t most = 100'000;  // records; the others are let go

  RecordDetails(RecordView view, KeyFilter filter, bool with_values)
      : view_(view), filter_(std::move(filter)), with_values_(with_values) {}

  const record::Schema& wanted() const override { return view_.schema; }
  std::unique_ptr<GatherTask> start() override;
  // Sorted by their hashes. After the run.
  std::vector<RecordDetail> take();
  bool is_complete() const { return complete_; }

 private:
  class Task;
  void describe(const record::Batch&, std::vector<KeyedRecord> hashes, std::vector<RecordDetail>& out) const;

  const RecordView view_;
  const KeyFilter filter_;
  const bool with_values_;
  std::mutex mutex_;
  std::vector<RecordDetail> details_;
  bool complete_ = true;
};

}  // namespace sluice::engine
