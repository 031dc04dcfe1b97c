// SPDX-License-Identifier: Apache-2.0
#include "engine/write_half.hpp"

#include <exception>
#include <utility>

#include "engine/memory_use.hpp"

namespace sluice::engine {
WriteHalf::WriteHalf(RunResources& run, const plugin::Split& split, std::uint32_t attempt, Pipe& pipe,
                     SplitMemory& memory, SplitTally& tally, std::function<void()> entered)
    : run_(run),
      job_(run.job),
      split_(split),
      attempt_(attempt),
      pipe_(pipe),
      memory_(memory),
      tally_(tally),
      entered_(std::move(entered)),
      services_(*job_.step_services.back(), *job_.job, tally, job_.processors.size(), plugin::Kind::writer),
      context_(services_, task_identity(job_, job_.contexts.size() - 1, split, attempt), job_.writer_parameters),
      start_call_(job_.writer->plugin().where("start")),
      write_call_(job_.writer->plugin().where("write")),
      flush_call_(job_.writer->plugin().where("flush")),
      commit_call_(job_.writer->plugin().where("commit")),
      abort_call_(job_.writer->plugin().where("abort")),
      most_held_(most_held(job_.job->setting, run.services.lanes())) {}

bool WriteHalf::run() {
  try {
    return start_processors() && take_all() && finish_processors() && flush();
  } catch (const std::exception& e) {
    return fail(plugin::breach("engine, write half", e.what()));
  }
}

bool WriteHalf::take_all() {
  for (;;) {
    Parcel parcel;
    switch (pipe_.take(parcel)) {
      case Pipe::Taken::parcel:
        if (!pass(0, std::move(parcel.batch))) return false;
        break;
      case Pipe::Taken::flush:
        if (!flush()) return false;
        pipe_.flushed();
        run_.services.budget.look_again();
        break;
      case Pipe::Taken::end:
        return is_sound();
      case Pipe::Taken::aborted:
        return false;
    }
  }
}

bool WriteHalf::start_processors() {
  for (std::size_t i = 0; i < job_.processors.size(); ++i) {
    Stage stage;
    stage.services =
        std::make_unique<TaskServices>(*job_.step_services[i + 1], *job_.job, tally_, i, plugin::Kind::processor);
    stage.context = std::make_unique<plugin::Context>(*stage.services, task_identity(job_, i + 1, split_, attempt_),
                                                      job_.processor_parameters[i]);
    stage.start_call = job_.processors[i].plugin().where("start");
    stage.call = job_.processors[i].plugin().where("process");
    auto started = [&] {
      const Watchdog::Call call(run_.watchdog, stage.start_call, split_.label, Watchdog::no_cancel);
      return job_.processors[i].start(stage.context->raw(), job_.rules.validation);
    }();
    if (!started) return fail(started.error());
    stage.task.emplace(std::move(*started));
    stages_.push_back(std::move(stage));
  }
  return true;
}

bool WriteHalf::pass(std::size_t stage, record::SharedBatch batch) {
  return stage < stages_.size() ? process(stage, std::move(batch)) : write(batch);
}

bool WriteHalf::process(std::size_t stage, record::SharedBatch batch) {
  Stage& at = stages_[stage];
  const auto& schema = stage == 0 ? job_.source : job_.processed[stage - 1];
  const std::int64_t ordinal = at.next_ordinal++;
  tally_.hold(stage, {ordinal, batch, &schema, {}, batch->rows(), {}});
  auto processed = [&] {
    const Watchdog::Call call(run_.watchdog, at.call, split_.label, Watchdog::no_cancel);
    return at.task->process(record::lend(std::move(batch)), ordinal);
  }();
  tally_.let_go(stage);
  if (!processed) return fail(processed.error());
  if (!*processed) return is_sound();
  return pass_on(stage, std::move(**processed));
}

bool WriteHalf::pass_on(std::size_t stage, record::Batch processed) {
  const std::uint64_t bytes = record::byte_size(processed, job_.processed[stage]);
  return pass(stage + 1, memory_.own(std::move(processed), memory_.needed(bytes, stage + 1)));
}

bool WriteHalf::finish_processors() {
  for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
    for (;;) {
      auto rest = [&] {
        const Watchdog::Call call(run_.watchdog, stages_[stage].call, split_.label, Watchdog::no_cancel);
        return stages_[stage].task->finish();
      }();
      if (!rest) return fail(rest.error());
      if (!*rest) break;
      if (!pass_on(stage, std::move(**rest))) return false;
    }
  }
  return true;
}

bool WriteHalf::await_place() {
  if (!place_) place_ = std::make_shared<const Place>(run_.link);
  return static_cast<bool>(*place_);
}

bool WriteHalf::start_writer() {
  if (!await_place()) return false;
  memory_.flow();
  entered_();
  auto started = [&] {
    const std::lock_guard turn(run_.start_turn);
    const Watchdog::Call call(run_.watchdog, start_call_, split_.label, [this] { job_.writer->cancel(); });
    return job_.writer->start(context_.raw());
  }();
  if (!started) return fail(started.error());
  const std::lock_guard lock(task_mutex_);
  task_.emplace(std::move(*started));
  return true;
}

bool WriteHalf::write(const record::SharedBatch& batch) {
  if (batch->rows() == 0) return is_sound();
  const auto& arriving = job_.arriving();
  auto cast = job_.cast->apply(batch, [&](const record::BadRecord& bad) { tally_.refuse_cast(bad, batch, arriving); });
  if (!is_sound()) return false;
  if (cast.batch->rows() == 0) return true;
  if (!task_ && !start_writer()) return false;

  const std::int64_t ordinal = next_ordinal_++;
  const auto rows = static_cast<std::uint64_t>(cast.batch->rows());
  tally_.hold(stages_.size(), {ordinal, batch, &arriving, std::move(cast.rows), cast.batch->rows(), {}});
  tally_.count_handed(rows);
  holds_any_ = true;
  held_bytes_ += memory_.needed(record::byte_size(*cast.batch, job_.target.wanted), stages_.size());
  const auto written = [&] {
    const Watchdog::Call call(run_.watchdog, write_call_, split_.label, [this] { cancel(); });
    return task_->write(record::lend(std::move(cast.batch)), ordinal);
  }();
  if (!written) return fail(written.error());
  if (held_bytes_ >= most_held_) return flush();
  return is_sound();
}

bool WriteHalf::flush() {
  if (!holds_any_) return is_sound();
  const auto flushed = [&] {
    const Watchdog::Call call(run_.watchdog, flush_call_, split_.label, [this] { cancel(); });
    return task_->flush();
  }();
  if (!flushed) return fail(flushed.error());
  tally_.let_go(stages_.size());
  holds_any_ = false;
  held_bytes_ = 0;
  return is_sound();
}

// Between two batches: has the run been stopped, has a plugin broken the rules, is the error limit crossed?
bool WriteHalf::is_sound() {
  if (run_.services.stop.requested()) return false;
  if (const auto broken = tally_.failure()) return fail(*broken);
  return !tally_.is_beyond_limit();
}

plugin::Result<std::string> WriteHalf::commit_token() {
  if (!task_) return std::string();
  const Watchdog::Call call(run_.watchdog, commit_call_, split_.label);
  return task_->commit_token();
}

plugin::Result<void> WriteHalf::commit(const Counters& counters) {
  if (!task_) return {};
  const auto committed = [&] {
    const Watchdog::Call call(run_.watchdog, commit_call_, split_.label);
    return task_->commit(counters);
  }();
  const std::lock_guard lock(task_mutex_);
  task_.reset();
  return committed;
}

void WriteHalf::abort() {
  if (task_) {
    const Watchdog::Call call(run_.watchdog, abort_call_, split_.label, Watchdog::no_cancel);
    task_->abort();
  }
  const std::lock_guard lock(task_mutex_);
  task_.reset();
}

void WriteHalf::cancel() {
  const std::lock_guard lock(task_mutex_);
  if (task_) task_->cancel();
}

bool WriteHalf::fail(const plugin::Failure& failure) {
  if (!failure_) failure_ = failure;
  return false;
}

}  // namespace sluice::engine
