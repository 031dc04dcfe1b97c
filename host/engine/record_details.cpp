// SPDX-License-Identifier: Apache-2.0
#include "engine/record_details.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "plugin/text.hpp"
#include "record/column.hpp"
#include "record/value.hpp"

namespace sluice::engine {
namespace {

constexpr std::size_t most_text = 200;  // bytes of a value

boost::json::value shown(const record::Batch& batch, const record::Schema& schema, std::int64_t row,
                         std::size_t column) {
  if (record::ColumnView(batch.column(column), schema.type(column)).is_null(row)) return nullptr;
  std::string text = record::text_of(batch, schema, row, column);
  return boost::json::value(text.size() > most_text ? plugin::clean_text(text, most_text) + "..." : text);
}

}  // namespace

class RecordDetails::Task : public GatherTask {
 public:
  explicit Task(RecordDetails& whole) : whole_(whole) {}

  void add(const record::Batch& batch) override {
    const auto hashes = whole_.view_.of(batch);
    std::vector<std::int64_t> rows;
    std::vector<KeyedRecord> chosen;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (!whole_.filter_(hashes[i].key)) continue;
      rows.push_back(static_cast<std::int64_t>(i));
      chosen.push_back(hashes[i]);
    }
    if (rows.empty() || details_.size() > most) return;
    whole_.describe(record::select(batch, whole_.view_.schema, rows), std::move(chosen), details_);
  }

  void commit() override {
    const std::lock_guard lock(whole_.mutex_);
    auto& all = whole_.details_;
    const std::size_t room = most - std::min(all.size(), most);
    if (details_.size() > room) whole_.complete_ = false;
    const auto end = details_.begin() + static_cast<std::ptrdiff_t>(std::min(room, details_.size()));
    all.insert(all.end(), std::make_move_iterator(details_.begin()), std::make_move_iterator(end));
  }

 private:
  RecordDetails& whole_;
  std::vector<RecordDetail> details_;
};

std::unique_ptr<GatherTask> RecordDetails::start() { return std::make_unique<Task>(*this); }

void RecordDetails::describe(const record::Batch& batch, std::vector<KeyedRecord> hashes,
                             std::vector<RecordDetail>& out) const {
  const auto& schema = view_.schema;
  const std::size_t first = out.size();
  for (std::size_t row = 0; row < hashes.size(); ++row) {
    const auto at = static_cast<std::int64_t>(row);
    RecordDetail& detail = out.emplace_back(RecordDetail{hashes[row], {}, {}, {}});
    if (!view_.key.whole)
      for (const std::size_t i : view_.key.columns) detail.key[schema.field(i).name] = json_of(batch, schema, at, i);
    if (!with_values_) continue;
    detail.values.emplace();
    for (std::size_t i = 0; i < schema.size(); ++i)
      (*detail.values)[schema.field(i).name] = shown(batch, schema, at, i);
  }
  const ComparedColumns columns(batch, schema);
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const auto cells = columns.hashes(std::array{i});
    for (std::size_t row = 0; row < cells.size(); ++row) out[first + row].columns.push_back(cells[row].low);
  }
}

std::vector<RecordDetail> RecordDetails::take() {
  std::sort(details_.begin(), details_.end(), [](const auto& a, const auto& b) { return a.hashes < b.hashes; });
  return std::exchange(details_, {});
}

}  // namespace sluice::engine
