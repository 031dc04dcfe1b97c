// SPDX-License-Identifier: Apache-2.0
#include "engine/bucket_sums.hpp"

namespace sluice::engine {

class BucketSums::Task : public GatherTask {
 public:
  explicit Task(BucketSums& whole) : whole_(whole), sums_(buckets) {}

  void add(const record::Batch& batch) override {
    for (const KeyedRecord& record : whole_.view_.of(batch))
      sums_[bucket_of(record.key)].add({record.record.low, record.record.high, 1});
  }
  void commit() override {
    const std::lock_guard lock(whole_.mutex_);
    for (std::size_t i = 0; i < buckets; ++i) whole_.sums_[i].add(sums_[i]);
  }

 private:
  BucketSums& whole_;
  std::vector<record::Checksum> sums_;
};

std::unique_ptr<GatherTask> BucketSums::start() { return std::make_unique<Task>(*this); }

void BucketSums::add(const KeyedRecord& record) {
  sums_[bucket_of(record.key)].add({record.record.low, record.record.high, 1});
}

std::uint64_t BucketSums::records() const {
  std::uint64_t sum = 0;
  for (const auto& bucket : sums_) sum += bucket.records;
  return sum;
}

}  // namespace sluice::engine
