// SPDX-License-Identifier: Apache-2.0
#include "engine/split_run.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <exception>
#include <future>
#include <utility>

#include "engine/crash_point.hpp"
#include "engine/lost_commit.hpp"
#include "engine/memory_use.hpp"
#include "engine/read_half.hpp"
#include "engine/write_half.hpp"

namespace sluice::engine {
namespace {

class SplitRun {
 public:
  SplitRun(RunResources& run, const plugin::Split& split, Attempt attempt)
      : run_(run),
        split_(split),
        attempt_(attempt),
        pipe_(pipe_capacity),
        memory_(run),
        tally_(run, split, attempt.number),
        writer_(run, split, attempt.number, pipe_, memory_, tally_, [this] { one_half_over(); }),
        reader_(run, split, attempt.number, pipe_, memory_, tally_),
        waker_(run.services.stop, [this] {
          pipe_.abort();
          reader_.cancel();
          writer_.cancel();
        }) {}

  SplitOutcome run(boost::asio::thread_pool& pool) {
    std::promise<void> read;
    boost::asio::post(pool, [&] {
      reader_.run();
      one_half_over();
      read.set_value();
    });
    const bool written = writer_.run();
    if (!written) {
      pipe_.abort();
      run_.services.budget.look_again();  // the read half may be waiting for memory that this one holds
      reader_.cancel();
    }
    read.get_future().wait();
    SplitOutcome outcome = end(written);
    outcome.place = writer_.place();
    outcome.reader_wait = pipe_.take_wait();
    outcome.writer_wait = pipe_.put_wait() + reader_.memory_wait();
    outcome.throttle_wait = reader_.throttle_wait();
    return outcome;
  }

 private:
  // Once it is read and has its place at the writer, the next one may be read. So one lane writes them in turn, unless
  // one is tried again.
  void one_half_over() {
    if (++halves_over_ == 2) run_.read_over(split_);
  }

  SplitOutcome end(bool written) {
    try {
      return written ? settle() : give_up();
    } catch (const std::exception& e) {  // a bug, or no memory; a resumed run will ask whether it was committed
      SplitOutcome outcome;
      outcome.status = SplitOutcome::Status::failed;
      outcome.failure = plugin::breach("engine, end of a split", e.what());
      outcome.failure->flags = SLUICE_OUTCOME_UNKNOWN;
      return outcome;
    }
  }

  // Every record has its verdict: check the sums, keep the dirty records, commit. All in the order in which a crash
  // at any instant can be understood.
  SplitOutcome settle() {
    const Counters sums = tally_.counters();
    if (const auto broken = tally_.failure()) return give_up(*broken);
    if (!is_balanced(sums)) return give_up(unbalanced(sums));
    if (run_.services.stop.requested()) return give_up();
    if (!run_.link.reserve(sums)) {
      limit_crossed_ = true;
      return give_up();
    }
    const auto committed = commit(sums);
    if (committed) return committed_outcome(sums);
    // Without an answer the records may be there: what belongs to them stays as it is, for a resumed run to settle.
    if (committed.error().outcome_unknown()) return give_up(committed.error());
    run_.link.give_back(sums);
    if (const auto dropped = run_.link.drop(tally_.attempt()); !dropped) return give_up(dropped.error());
    return give_up(committed.error());
  }

  SplitOutcome committed_outcome(const Counters& sums) {
    SplitOutcome outcome;
    outcome.status = SplitOutcome::Status::committed;
    outcome.counters = sums;
    if (const auto kept = run_.link.committed(split_.key, attempt_.number); !kept) outcome.failure = kept.error();
    return outcome;
  }

  plugin::Result<void> commit(const Counters& sums) {
    crash_point("before-dirty");
    if (auto kept = run_.link.keep(tally_.attempt()); !kept) return kept;
    crash_point("after-dirty");
    const auto token = writer_.commit_token();
    if (!token) return token.error();
    if (auto kept = run_.link.committing(split_.key, attempt_.number, *token, sums); !kept) return kept;
    auto committed = writer_.commit(sums);
    if (!committed && committed.error().outcome_unknown())
      committed = engine::settle({split_.key, attempt_.number, *token}, committed.error(), run_.job, run_.watchdog);
    if (committed || committed.error().outcome_unknown()) return committed;
    if (auto kept = run_.link.rolled_back(split_.key, attempt_.number); !kept) return kept;
    return committed;
  }

  static plugin::Failure unbalanced(const Counters& c) {
    return plugin::breach("engine", "records are not accounted for: read " + std::to_string(c.read) + ", added " +
                                        std::to_string(c.added) + ", written " + std::to_string(c.written) +
                                        ", skipped " + std::to_string(c.skipped) + ", filtered " +
                                        std::to_string(c.filtered) + ", dirty " + std::to_string(c.dirty));
  }

  // Leaves nothing of the split behind. Its dirty records are all that is accounted for.
  SplitOutcome give_up(std::optional<plugin::Failure> failure = std::nullopt) {
    writer_.abort();
    writer_.await_place();  // those before it are not stopped by what was read ahead
    SplitOutcome outcome;
    outcome.failure = std::move(failure);
    if (!outcome.failure) outcome.failure = writer_.failure() ? writer_.failure() : reader_.failure();
    if (run_.services.stop.requested() && outcome.failure && outcome.failure->cancelled()) outcome.failure.reset();
    if (limit_crossed_ || tally_.limit_crossed())
      outcome.status = SplitOutcome::Status::limit_crossed;
    else if (outcome.failure)
      outcome.status = SplitOutcome::Status::failed;
    outcome.retry = is_retryable(outcome);
    if (outcome.status == SplitOutcome::Status::stopped || outcome.retry) return outcome;
    if (const auto kept = run_.link.keep(tally_.attempt()); kept)
      outcome.counters.read = outcome.counters.dirty = tally_.dirty();
    else if (!outcome.failure)
      outcome.failure = kept.error();  // what is not written down does not count
    return outcome;
  }

  bool is_retryable(const SplitOutcome& outcome) const {
    return outcome.status == SplitOutcome::Status::failed && outcome.failure->retryable() &&
           !outcome.failure->outcome_unknown() && !attempt_.last;
  }

  RunResources& run_;
  const plugin::Split& split_;
  const Attempt attempt_;
  Pipe pipe_;
  SplitMemory memory_;
  SplitTally tally_;
  WriteHalf writer_;
  ReadHalf reader_;
  bool limit_crossed_ = false;
  std::atomic<int> halves_over_{0};
  Stop::Waker waker_;
};

}  // namespace

SplitOutcome run_split(RunResources& run, const plugin::Split& split, Attempt attempt, boost::asio::thread_pool& pool) {
  return SplitRun(run, split, attempt).run(pool);
}

}  // namespace sluice::engine
