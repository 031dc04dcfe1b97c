// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/run_resources.hpp"
#include "plugin/context.hpp"
#include "plugin/split.hpp"
#include "record/batch.hpp"

namespace sluice::engine {

// Accounts for every record of one attempt: counts, verdicts, dirty records with their values. Any thread.
class SplitTally {
 public:
  SplitTally(RunResources& run, const plugin::Split& split, std::uint32_t attempt);

  // A batch that a step was given and that it may still refuse records of. `rows` leads back to the rows of `original`
  // (whose values a dirty record keeps); empty: the same rows.
  struct Held {
    std::int64_t ordinal = 0;
    record::SharedBatch original;
    const record::Schema* schema = nullptr;
    std::vector<std::int64_t> rows;
    std::int64_t size = 0;
    std::vector<bool> refused;
  };

  void count_read(std::uint64_t records, std::uint64_t bytes);
  void count_filtered(std::uint64_t records);
  void count_added(std::uint64_t records);
  void count_skipped(std::uint64_t records);
  void refuse_unread(const job::Step& step, const plugin::Rejection&);
  void refuse_cast(const record::BadRecord&, const record::SharedBatch& batch, const record::Schema& schema);

  // The batches in the hands of the step number `stage` (processors first, the writer last).
  void hold(std::size_t stage, Held);
  void refuse(std::size_t stage, const job::Step& step, std::string_view stage_name, const plugin::Rejection&);
  // The step has decided on all of them.
  void let_go(std::size_t stage);

  // All that reached the writer was accepted, but for what it refused or skipped.
  void count_handed(std::uint64_t records);
  // The sums so far.
  Counters counters() const;
  std::uint64_t dirty() const { return attempt_->count(); }
  // What a plugin did against the rules, or why a dirty record could not be kept.
  std::optional<plugin::Failure> failure() const;

  // Whether the dirty records so far cross the job's error limit. Once true it stays.
  bool is_beyond_limit();
  bool limit_crossed() const { return limit_crossed_; }

  DirtyAttempt& attempt() { return *attempt_; }

 private:
  DirtyRecord describe(const job::Step& step, std::string_view stage, const plugin::Rejection&) const;
  void breach(const job::Step& step, std::string text);

  RunResources& run_;
  const plugin::Split& split_;
  const std::uint32_t number_;
  const std::unique_ptr<DirtyAttempt> attempt_;
  std::atomic<bool> limit_crossed_{false};
  mutable std::mutex mutex_;
  Counters counts_;
  std::uint64_t handed_ = 0;
  std::uint64_t refused_by_writer_ = 0;
  std::vector<std::deque<Held>> held_;
  std::optional<plugin::Failure> breach_;
};

// The host services of one task of a split: verdicts and counts go to its tally.
class TaskServices : public StepServices {
 public:
  TaskServices(StepServices& instance, const job::Job& script, SplitTally& tally, std::size_t stage, plugin::Kind kind)
      : StepServices(instance.job(), script, instance.step(), nullptr, kind == plugin::Kind::reader),
        tally_(tally),
        stage_(stage),
        kind_(kind) {}

  // A reader that finds nothing but dirty records is not to go on beyond the limit.
  bool is_cancelled() override { return StepServices::is_cancelled() || tally_.limit_crossed(); }
  void reject(const plugin::Rejection& rejection) override;
  void filtered(std::uint64_t records) override { tally_.count_filtered(records); }
  void added(std::uint64_t records) override { tally_.count_added(records); }
  void skipped(std::uint64_t records) override { tally_.count_skipped(records); }
  plugin::Result<void> reserve(std::uint64_t bytes) override;

 private:
  SplitTally& tally_;
  const std::size_t stage_;
  const plugin::Kind kind_;
};

}  // namespace sluice::engine
