// SPDX-License-Identifier: Apache-2.0
#include "engine/keyed_records.hpp"

#include <sluice/plugin.h>

#include <algorithm>
#include <utility>

#include "engine/one_spelling.hpp"

namespace sluice::engine {

ComparedColumns::ComparedColumns(const record::Batch& batch, const record::Schema& schema) : rows_(batch.rows()) {
  for (std::size_t i = 0; i < schema.size(); ++i) {
    views_.emplace_back(batch.column(i), schema.type(i));
    if (has_spellings(schema.field(i))) respell(schema.field(i));
  }
}

// The last column.
void ComparedColumns::respell(const record::Field& field) {
  const std::string_view type = *field.find(SLUICE_META_TYPE);
  const record::ColumnView& given = views_.back();
  record::ColumnBuilder builder(field.type);
  for (std::int64_t row = 0; row < rows_; ++row) {
    if (given.is_null(row))
      builder.append_null();
    else
      builder.append_bytes(one_spelling(type, given.text(row)));
  }
  views_.back() = record::view_of(respelt_.emplace_back(builder.finish()), field.type);
}

std::vector<record::RecordHash> ComparedColumns::hashes() const {
  std::vector<record::RecordHash> out;
  record::hash_records(views_, rows_, out);
  return out;
}

std::vector<record::RecordHash> ComparedColumns::hashes(std::span<const std::size_t> columns) const {
  std::vector<record::ColumnView> chosen;
  for (const std::size_t i : columns) chosen.push_back(views_[i]);
  std::vector<record::RecordHash> out;
  record::hash_records(chosen, rows_, out);
  return out;
}

std::vector<KeyedRecord> RecordView::of(const record::Batch& batch) const {
  const ComparedColumns columns(batch, schema);
  const auto records = columns.hashes();
  const auto keys = key.whole ? records : columns.hashes(key.columns);
  std::vector<KeyedRecord> out(records.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = {keys[i], records[i]};
  return out;
}

class KeyedRecords::Task : public GatherTask {
 public:
  explicit Task(KeyedRecords& whole) : whole_(whole) {}

  void add(const record::Batch& batch) override {
    for (const KeyedRecord& record : whole_.view_.of(batch))
      if (whole_.filter_(record.key)) records_.push_back(record);
  }
  void commit() override {
    const std::lock_guard lock(whole_.mutex_);
    whole_.records_.insert(whole_.records_.end(), records_.begin(), records_.end());
  }

 private:
  KeyedRecords& whole_;
  std::vector<KeyedRecord> records_;
};

std::unique_ptr<GatherTask> KeyedRecords::start() { return std::make_unique<Task>(*this); }

std::vector<KeyedRecord> KeyedRecords::take() {
  std::sort(records_.begin(), records_.end());
  return std::exchange(records_, {});
}

}  // namespace sluice::engine
