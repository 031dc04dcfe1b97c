// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::stream {

namespace {

uint64_t row_width(const std::vector<Column>& columns) {
  uint64_t sum = 1;
  for (const auto& column : columns) sum += column.width;
  return sum;
}

class StreamReadTask : public ReadTask {
 public:
  StreamReadTask(Context context, std::shared_ptr<const StreamReader::Source> source, uint64_t split)
      : context_(context), source_(std::move(source)), split_(split), builder_(source_->schema, source_->buffers) {}

  bool next(ArrowArray* out) override {
    context_.throw_if_cancelled();
    if (done_ == source_->records) return false;
    const auto target = context_.batch_target();
    const uint64_t fitting = std::max<uint64_t>(1, target.bytes / row_width(source_->columns));
    const uint64_t count = std::clamp<uint64_t>(std::min(target.records, fitting), 1, source_->records - done_);
    for (size_t i = 0; i < source_->columns.size(); ++i)
      source_->columns[i].generator->fill(builder_.column(i), {RandomSequence(source_->seed, split_, i), done_,
                                                               split_ * source_->records, static_cast<size_t>(count)});
    done_ += count;
    builder_.finish(out);
    return true;
  }

 private:
  Context context_;
  std::shared_ptr<const StreamReader::Source> source_;
  uint64_t split_;
  uint64_t done_ = 0;
  BatchBuilder builder_;
};

}  // namespace

void StreamReader::check(const Context& context) {
  for (const auto& problem : read_columns(context).problems)
    context.error(problem.path, problem.message, problem.advice);
}

StreamReader::StreamReader(Context context) {
  auto columns = read_columns(context);
  if (!columns.problems.empty()) throw invalid(columns.problems.front().path + ": " + columns.problems.front().message);
  auto source = std::make_shared<Source>();
  for (const auto& column : columns.list) source->schema.add(column.field);
  source->columns = std::move(columns.list);
  source->seed = static_cast<uint64_t>(context.integer("seed", 0));
  source->records = static_cast<uint64_t>(context.integer("sliceRecordCount", 0));
  source_ = std::move(source);
}

void StreamReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  const auto records = static_cast<int64_t>(source_->records);
  for (uint32_t i = 0; i < std::max(request.lanes, 1u); ++i) {
    const std::string number = std::to_string(i);
    sink.add({.key = number,
              .payload = number,
              .label = "stream " + number,
              .records = records,
              .bytes = records * static_cast<int64_t>(row_width(source_->columns))});
  }
}

std::unique_ptr<ReadTask> StreamReader::read(Context task, const Split& split) {
  uint64_t number = 0;
  const char* end = split.payload.data() + split.payload.size();
  if (std::from_chars(split.payload.data(), end, number).ptr != end || split.payload.empty())
    throw internal("not a split of the stream reader: " + split.key);
  return std::make_unique<StreamReadTask>(task, source_, number);
}

}  // namespace sluice::stream
