// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "engine/gather.hpp"
#include "engine/record_key.hpp"
#include "record/builder.hpp"
#include "record/hash.hpp"

namespace sluice::engine {

// A record by what it is compared by: the hash of its key, and of all of it.
struct KeyedRecord {
  record::RecordHash key, record;

  friend auto operator<=>(const KeyedRecord&, const KeyedRecord&) = default;
};

// The columns of a batch, to be hashed: each value in the one spelling that both sides have in common. Valid as long
// as the batch.
class ComparedColumns {
 public:
  ComparedColumns(const record::Batch&, const record::Schema&);
  ComparedColumns(const ComparedColumns&) = delete;
  ComparedColumns& operator=(const ComparedColumns&) = delete;

  std::vector<record::RecordHash> hashes() const;
  std::vector<record::RecordHash> hashes(std::span<const std::size_t> columns) const;

 private:
  void respell(const record::Field&);

  const std::int64_t rows_;
  std::vector<record::ColumnView> views_;
  std::deque<record::OwnedColumn> respelt_;
};

// How the records of both sides are looked at.
struct RecordView {
  const record::Schema& schema;  // what both sides are cast to
  const RecordKey& key;

  std::vector<KeyedRecord> of(const record::Batch&) const;
};

// Which records of a side are looked at again.
using KeyFilter = std::function<bool(const record::RecordHash& key)>;

// Keeps the hashes of the records that the filter lets through: 32 bytes each.
class KeyedRecords : public Gatherer {
 public:
  KeyedRecords(RecordView view, KeyFilter filter) : view_(view), filter_(std::move(filter)) {}

  const record::Schema& wanted() const override { return view_.schema; }
  std::unique_ptr<GatherTask> start() override;
  // Sorted by key and record. After the run.
  std::vector<KeyedRecord> take();

 private:
  class Task;
  const RecordView view_;
  const KeyFilter filter_;
  std::mutex mutex_;
  std::vector<KeyedRecord> records_;
};

}  // namespace sluice::engine
