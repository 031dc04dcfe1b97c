// SPDX-License-Identifier: Apache-2.0
#include "engine/preview.hpp"

#include <memory>
#include <mutex>
#include <utility>

namespace sluice::engine {
namespace {

// The batch that a processor has in its hands.
struct InHand {
  std::int64_t ordinal = -1;
  record::SharedBatch batch;
  const record::Schema* schema = nullptr;
};

// Where records and verdicts of all stages meet. Plugins may refuse from threads of their own.
class Collector {
 public:
  explicit Collector(std::size_t most) : most_(most) {}

  void add(PreviewRecord record) {
    const std::lock_guard lock(mutex_);
    if (preview_.records.size() < most_) preview_.records.push_back(std::move(record));
  }
  void count(std::uint64_t filtered, std::uint64_t added) {
    const std::lock_guard lock(mutex_);
    preview_.filtered += filtered;
    preview_.added += added;
  }
  std::size_t missing() const {
    const std::lock_guard lock(mutex_);
    return most_ - preview_.records.size();
  }
  Preview take() { return std::move(preview_); }

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;
  Preview preview_;
};

// The host services of one task.
class PreviewServices : public StepServices {
 public:
  PreviewServices(const OpenJob& job, std::size_t instance, Collector& collector)
      : StepServices(*job.services, *job.job, job.step_services[instance]->step()),
        is_reader_(instance == 0),
        source_(job.source),
        collector_(collector) {}

  void hold(InHand in_hand) {
    const std::lock_guard lock(mutex_);
    in_hand_ = std::move(in_hand);
  }

  void reject(const plugin::Rejection& why) override {
    PreviewRecord record;
    record.refusal = PreviewRefusal{.step = step().name,
                                    .stage = is_reader_ ? "reader" : "processor",
                                    .column = "",
                                    .code = std::string(why.code),
                                    .message = std::string(why.message),
                                    .location = std::string(why.location),
                                    .raw = std::string(why.raw)};
    const std::lock_guard lock(mutex_);
    const record::Schema* schema = is_reader_ ? &source_ : in_hand_.schema;
    if (schema != nullptr && why.column >= 0 && static_cast<std::size_t>(why.column) < schema->size())
      record.refusal->column = schema->field(static_cast<std::size_t>(why.column)).name;
    if (in_hand_.batch && why.batch == in_hand_.ordinal && why.row >= 0 && why.row < in_hand_.batch->rows()) {
      record.batch = in_hand_.batch;
      record.schema = in_hand_.schema;
      record.row = why.row;
    }
    collector_.add(std::move(record));
  }
  void filtered(std::uint64_t records) override { collector_.count(records, 0); }
  void added(std::uint64_t records) override { collector_.count(0, records); }
  // One at a time, so that text that never became a record stands where it was found.
  plugin::BatchTarget batch_target() override { return {.records = 1}; }

 private:
  const bool is_reader_;
  const record::Schema& source_;
  Collector& collector_;
  std::mutex mutex_;
  InHand in_hand_;
};

// One split on its way to the collector; no more of it than is needed.
class SplitPreview {
 public:
  SplitPreview(OpenJob& job, const plugin::Split& split, Collector& collector)
      : job_(job), split_(split), collector_(collector) {}

  plugin::Result<void> run() {
    if (auto started = start_processors(); !started) return started;
    PreviewServices services(job_, 0, collector_);
    const plugin::Context context(services, task_identity(job_, 0, split_, 1), job_.reader_parameters);
    auto task = job_.reader->read(context.raw(), split_, job_.rules.validation);
    if (!task) return task.error();
    while (collector_.missing() > 0) {
      auto batch = task->next();
      if (!batch) return batch.error();
      if (!*batch) return finish();
      if (auto passed = pass(0, record::share(std::move(**batch))); !passed) return passed;
    }
    task->cancel();
    return {};
  }

 private:
  struct Stage {
    std::unique_ptr<PreviewServices> services;
    std::unique_ptr<plugin::Context> context;
    std::optional<plugin::ProcessTask> task;
    const record::Schema* schema = nullptr;  // of what it is given
    std::int64_t next_ordinal = 0;
  };

  plugin::Result<void> start_processors() {
    for (std::size_t i = 0; i < job_.processors.size(); ++i) {
      Stage stage;
      stage.services = std::make_unique<PreviewServices>(job_, i + 1, collector_);
      stage.context = std::make_unique<plugin::Context>(*stage.services, task_identity(job_, i + 1, split_, 1),
                                                        job_.processor_parameters[i]);
      stage.schema = i == 0 ? &job_.source : &job_.processed[i - 1];
      auto started = job_.processors[i].start(stage.context->raw(), job_.rules.validation);
      if (!started) return started.error();
      stage.task.emplace(std::move(*started));
      stages_.push_back(std::move(stage));
    }
    return {};
  }

  plugin::Result<void> pass(std::size_t at, record::SharedBatch batch) {
    if (at == stages_.size()) {
      show(batch);
      return {};
    }
    Stage& stage = stages_[at];
    const std::int64_t ordinal = stage.next_ordinal++;
    stage.services->hold({ordinal, batch, stage.schema});
    auto processed = stage.task->process(record::lend(std::move(batch)), ordinal);
    stage.services->hold({});
    if (!processed) return processed.error();
    return *processed ? pass(at + 1, record::share(std::move(**processed))) : plugin::Result<void>();
  }

  plugin::Result<void> finish() {
    for (std::size_t at = 0; at < stages_.size(); ++at) {
      for (;;) {
        auto rest = stages_[at].task->finish();
        if (!rest) return rest.error();
        if (!*rest) break;
        if (auto passed = pass(at + 1, record::share(std::move(**rest))); !passed) return passed;
      }
    }
    return {};
  }

  // Good and dirty records in the order in which they came.
  void show(const record::SharedBatch& batch) {
    if (!job_.cast) {
      for (std::int64_t row = 0; row < batch->rows(); ++row) collector_.add({batch, &job_.arriving(), row, {}});
      return;
    }
    std::vector<PreviewRecord> records(static_cast<std::size_t>(batch->rows()));
    const auto cast = job_.cast->apply(batch, [&](const record::BadRecord& bad) {
      records[static_cast<std::size_t>(bad.row)] = {batch, &job_.arriving(), bad.row, refusal_of(bad)};
    });
    for (std::int64_t row = 0; row < cast.batch->rows(); ++row) {
      const std::int64_t source = cast.rows.empty() ? row : cast.rows[static_cast<std::size_t>(row)];
      records[static_cast<std::size_t>(source)] = {cast.batch, &job_.cast->schema(), row, {}};
    }
    for (auto& record : records) collector_.add(std::move(record));
  }

  PreviewRefusal refusal_of(const record::BadRecord& bad) const {
    return {.step = job_.job->writer.name,
            .stage = "cast",
            .column = job_.arriving().field(static_cast<std::size_t>(bad.column)).name,
            .code = std::string(bad.code),
            .message = std::string(bad.message),
            .location = "",
            .raw = ""};
  }

  OpenJob& job_;
  const plugin::Split& split_;
  Collector& collector_;
  std::vector<Stage> stages_;
};

}  // namespace

Preview preview(OpenJob& job, std::size_t most) {
  Collector collector(most);
  std::optional<plugin::Failure> failure;
  bool is_whole = false;
  if (auto splits = job.reader->plan(plan_wish(job)); !splits) {
    failure = splits.error();
  } else {
    std::size_t done = 0;
    for (; done < splits->size() && collector.missing() > 0 && !failure; ++done)
      if (auto shown = SplitPreview(job, (*splits)[done], collector).run(); !shown) failure = shown.error();
    is_whole = !failure && done == splits->size() && collector.missing() > 0;
  }
  Preview answer = collector.take();
  answer.is_cast = job.cast.has_value();
  answer.is_whole = is_whole;
  answer.failure = std::move(failure);
  return answer;
}

}  // namespace sluice::engine
