// SPDX-License-Identifier: Apache-2.0
// Reads and writes files through the plugin's classes, the way the engine does.
#pragma once

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "fake_context.hpp"
#include "reader.hpp"
#include "value_text.hpp"
#include "writer.hpp"

namespace sluice::file::tests {

using sluice::tests::FakeContext;

// A record as text; NULL is nothing.
using Row = std::vector<std::optional<std::string>>;
inline constexpr auto null = std::nullopt;

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline std::string shown(const Row& row) {
  std::string text;
  for (const auto& value : row) text += value ? "<" + *value + ">" : std::string("NULL");
  return text;
}

inline std::optional<std::string> value_at(const ColumnView& column, std::int64_t row) {
  if (column.is_null(row)) return std::nullopt;
  if (column.type().is_text() || column.type().is_binary()) return std::string(column.text(row));
  Buffer text;
  value_appender(column.type()).one(text, column, row, nullptr);
  return std::string(text.data(), text.size());
}

inline bool has_errors(const FakeContext& context) {
  return std::any_of(context.problems.begin(), context.problems.end(),
                     [](const auto& problem) { return problem.severity == SLUICE_PROBLEM_ERROR; });
}

struct ReadOutcome {
  Schema schema;
  std::vector<Split> splits;
  std::vector<Batch> batches;
  std::vector<Row> rows;
  std::vector<sluice::tests::RecordedReject> rejects;

  // "file.csv:3 parse": what was refused.
  std::vector<std::string> refused() const {
    std::vector<std::string> all;
    for (const auto& reject : rejects)
      all.push_back(reject.location.substr(reject.location.rfind('/') + 1) + " " + reject.code);
    return all;
  }
};

struct SplitList {
  std::vector<Split> splits;
  SluiceSplitSink sink{sizeof(SluiceSplitSink), this,
                       [](const SluiceSplitSink* self, const SluiceSplit* split) noexcept {
                         static_cast<SplitList*>(self->host)->splits.push_back(detail::split_of(*split));
                       }};
};

struct PlanWish {
  std::uint32_t lanes = 1;
  std::uint64_t bytes = std::uint64_t{64} << 20;
  std::uint64_t records = 200000;
};

// Reads everything. Each split is read by an instance of its own, as another process would.
inline ReadOutcome read_all(const std::string& parameters, PlanWish wish = {}) {
  FakeContext context(parameters, FileReader::info.options);
  FileReader reader(context.context());
  ReadOutcome outcome;
  try {
    outcome.schema = reader.describe();
  } catch (const Error& error) {
    throw Error(error.code(), context.all_problems() + error.what());
  }
  if (has_errors(context)) throw invalid(context.all_problems());
  SplitList list;
  const SluicePlanRequest request{sizeof(SluicePlanRequest), 0, wish.lanes, 0, wish.records, wish.bytes};
  reader.plan(request, SplitSink(&list.sink));
  outcome.splits = list.splits;
  for (const Split& split : outcome.splits) {
    FakeContext task_context(parameters, FileReader::info.options);
    task_context.split(split.key).target(100, 1 << 20);
    FileReader other(task_context.context());
    const auto task = other.read(task_context.context(), split);
    ArrowArray array{};
    while (task->next(&array)) {
      Batch batch(&array);
      for (std::int64_t row = 0; row < batch.size(); ++row) {
        Row values;
        for (std::size_t i = 0; i < batch.columns(); ++i)
          values.push_back(value_at(batch.column(i, outcome.schema[i].type), row));
        outcome.rows.push_back(std::move(values));
      }
      outcome.batches.push_back(std::move(batch));
    }
    outcome.rejects.insert(outcome.rejects.end(), task_context.rejects.begin(), task_context.rejects.end());
  }
  return outcome;
}

// One run of a writer: splits may be written and committed, then the run is completed or given up.
class WriteRun {
 public:
  WriteRun(const std::string& parameters, const Schema& schema, std::string run_id = "r1", std::uint32_t flags = 0)
      : context_(parameters, FileWriter::info.options) {
    context_.run(std::move(run_id)).flags(flags);
    try {
      writer_.emplace(context_.context());
      writer_->describe(schema);
    } catch (const Error& error) {
      throw Error(error.code(), context_.all_problems() + error.what());
    }
    if (has_errors(context_)) throw invalid(context_.all_problems());
    writer_->prepare((flags & resumed) != 0);
  }
  static constexpr std::uint32_t resumed = 1u << 31;

  // Writes one split; the batch is copied by reference only.
  void split(const std::string& key, std::vector<Batch> batches, bool commit = true, std::uint32_t attempt = 1) {
    FakeContext task_context(R"({})");
    task_context.split(key, attempt);
    auto task = writer_->start(task_context.context());
    std::int64_t ordinal = 0;
    for (Batch& batch : batches) task->write(std::move(batch), ordinal++);
    task->flush();
    rejects.insert(rejects.end(), task_context.rejects.begin(), task_context.rejects.end());
    SluiceCounters counters{};
    counters.struct_size = sizeof counters;
    counters.written = 7;
    if (commit)
      task->commit(counters);
    else
      task->abort();
  }
  void complete() { writer_->complete(); }
  // Closes the instance.
  void close() { writer_.reset(); }
  FileWriter& writer() { return *writer_; }

  std::vector<sluice::tests::RecordedReject> rejects;

 private:
  FakeContext context_;
  std::optional<FileWriter> writer_;
};

// A batch of one text column.
inline Batch texts(const std::vector<std::optional<std::string>>& values) {
  static const Schema schema({{"v", type(TypeId::utf8)}});
  BatchBuilder builder(schema);
  for (const auto& value : values)
    if (value)
      builder.column(0).append_text(*value);
    else
      builder.column(0).append_null();
  ArrowArray array{};
  builder.finish(&array);
  return Batch(&array);
}

inline std::vector<Batch> one(Batch batch) {
  std::vector<Batch> batches;
  batches.push_back(std::move(batch));
  return batches;
}

inline const Schema text_schema({{"v", type(TypeId::utf8)}});

}  // namespace sluice::file::tests

// For BOOST_TEST.
namespace std {
inline ostream& operator<<(ostream& out, const sluice::file::tests::Row& row) {
  return out << sluice::file::tests::shown(row);
}
}  // namespace std
