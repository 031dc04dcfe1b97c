// SPDX-License-Identifier: Apache-2.0
#include "engine/read_half.hpp"

#include <exception>
#include <utility>

namespace sluice::engine {
ReadHalf::ReadHalf(RunResources& run, const plugin::Split& split, std::uint32_t attempt, Pipe& pipe,
                   SplitMemory& memory, SplitTally& tally)
    : run_(run),
      split_(split),
      pipe_(pipe),
      memory_(memory),
      tally_(tally),
      services_(*run.job.step_services.front(), *run.job.job, tally, 0, plugin::Kind::reader),
      context_(services_, task_identity(run.job, 0, split, attempt), run.job.reader_parameters),
      call_(run.job.reader->plugin().where("read")) {}

void ReadHalf::run() {
  if (!run_.read_places.enter()) return pipe_.abort();
  bool whole = false;
  try {
    whole = read_all();
  } catch (const std::exception& e) {
    fail(plugin::breach("engine, read half", e.what()));
  }
  std::optional<plugin::ReadTask> ended;  // destroyed outside the lock: ending a task may take its time
  {
    const std::lock_guard lock(task_mutex_);
    ended.swap(task_);
  }
  {
    const Watchdog::Call call(run_.watchdog, call_, split_.label, Watchdog::no_cancel);
    ended.reset();
  }
  run_.read_places.leave();
  if (whole)
    pipe_.close();
  else
    pipe_.abort();
}

void ReadHalf::cancel() {
  const std::lock_guard lock(task_mutex_);
  if (task_) task_->cancel();
}

bool ReadHalf::read_all() {
  std::optional<plugin::Result<plugin::ReadTask>> started;
  {
    // One that holds memory must not wait for its turn: whoever has the turn may wait for that memory.
    const std::lock_guard turn(run_.read_turn);
    if (!set_memory_aside()) return false;
    const Watchdog::Call call(run_.watchdog, call_, split_.label, [this] { run_.job.reader->cancel(); });
    started.emplace(run_.job.reader->read(context_.raw(), split_, run_.job.rules.validation));
  }
  if (!*started) return fail(started->error());
  {
    const std::lock_guard lock(task_mutex_);
    task_.emplace(std::move(**started));
  }
  services_.reserve_at_once();
  while (step()) {
  }
  return !failure_ && !tally_.limit_crossed() && !run_.services.stop.requested();
}

bool ReadHalf::step() {
  auto charge = charge_ahead();
  if (!charge) return false;
  auto next = [&] {
    const Watchdog::Call call(run_.watchdog, call_, split_.label, [this] { cancel(); });
    return task_->next();
  }();
  if (tally_.is_beyond_limit()) return false;
  if (!next) return fail(next.error());
  if (!*next) return false;
  if (const auto broken = tally_.failure()) return fail(*broken);
  const auto rows = static_cast<std::uint64_t>((*next)->rows());
  if (rows == 0) return !run_.services.stop.requested();

  const std::uint64_t bytes = record::byte_size(**next, run_.job.source);
  run_.typical_batch = bytes;
  charge->resize(memory_.needed(bytes, 0));
  learn_memory(bytes);
  tally_.count_read(rows, bytes);
  Parcel parcel{memory_.own(std::move(**next), std::move(*charge)), bytes};
  hold_back(bytes, rows);
  return pipe_.put(std::move(parcel));
}

void ReadHalf::hold_back(std::uint64_t bytes, std::uint64_t rows) {
  const auto now = RunLink::Clock::now();
  const auto until = run_.link.throttle(bytes, rows);
  if (until <= now) return;
  run_.services.stop.wait_until(until);
  throttle_wait_ += RunLink::Clock::now() - now;
}

// The lane has taken nothing so far: nobody waits for one that waits here.
bool ReadHalf::set_memory_aside() {
  const auto begin = std::chrono::steady_clock::now();
  const bool is_there = services_.reservation().set_aside([this] { return run_.reading_memory.of(split_); },
                                                          [this] { return pipe_.is_aborted(); });
  memory_wait_ += std::chrono::steady_clock::now() - begin;
  return is_there;
}

void ReadHalf::learn_memory(std::uint64_t batch) {
  run_.reading_memory.learn(services_.reservation().most_taken(), batch);
  services_.reservation().keep_aside(run_.reading_memory.of(split_));
}

// Room for the next batch before it is read, as large as the last one was: so that many lanes with huge records stay
// within the job's memory.
std::optional<Charge> ReadHalf::charge_ahead() {
  std::optional<std::chrono::steady_clock::time_point> waiting_since;
  auto charge = memory_.acquire(
      run_.typical_batch, [this] { return pipe_.is_aborted() || must_go_on(); },
      [&] {
        waiting_since = std::chrono::steady_clock::now();
        pipe_.ask_flush();
      });
  if (waiting_since) memory_wait_ += std::chrono::steady_clock::now() - *waiting_since;
  if (pipe_.is_aborted()) return std::nullopt;
  return charge;
}

// The write half waits for this split's next batch, and a processor holds on to what it was given: nothing comes free
// before there is one.
bool ReadHalf::must_go_on() const { return pipe_.is_drained() && memory_.holds_any(); }

bool ReadHalf::fail(const plugin::Failure& failure) {
  if (!failure_) failure_ = failure;
  return false;
}

}  // namespace sluice::engine
