// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/gather.hpp"
#include "engine/keyed_records.hpp"

namespace sluice::engine {

// The first look at a side: its records in buckets by their key, of each bucket a checksum in any order. Sides whose
// buckets are equal are equal (up to chance), and where they differ only those buckets need a second look. Takes
// the same memory for any number of records.
class BucketSums : public Gatherer {
 public:
  static constexpr std::size_t buckets = 1 << 16;

  explicit BucketSums(RecordView view) : view_(view), sums_(buckets) {}

  static std::size_t bucket_of(const record::RecordHash& key) { return key.low % buckets; }

  const record::Schema& wanted() const override { return view_.schema; }
  std::unique_ptr<GatherTask> start() override;
  void add(const KeyedRecord&);

  // After the run.
  const record::Checksum& at(std::size_t bucket) const { return sums_[bucket]; }
  std::uint64_t records() const;

 private:
  class Task;
  const RecordView view_;
  std::mutex mutex_;
  std::vector<record::Checksum> sums_;
};

}  // namespace sluice::engine
