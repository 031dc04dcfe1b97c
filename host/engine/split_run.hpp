// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "engine/counters.hpp"
#include "engine/run_resources.hpp"
#include "plugin/failure.hpp"
#include "plugin/split.hpp"

namespace sluice::engine {

// How an attempt at a split ended.
struct SplitOutcome {
  enum class Status { committed, failed, limit_crossed, stopped };
  Status status = Status::stopped;
  // Of what was committed; after a failure or a crossed limit, of the dirty records alone.
  Counters counters;
  std::optional<plugin::Failure> failure;
  bool retry = false;  // another attempt may help and is allowed; nothing of this one counts
  std::chrono::nanoseconds reader_wait{0};
  std::chrono::nanoseconds writer_wait{0};
  std::chrono::nanoseconds throttle_wait{0};
  // Kept until the run knows how it ended: after a failure the next one must not begin to write.
  std::shared_ptr<const Place> place;
};

// Which attempt at a split this is.
struct Attempt {
  std::uint32_t number = 1;
  bool last = true;  // a failure will not be tried again
};

// One attempt at one split: read -> throttle -> pipe -> processors -> cast -> write -> commit. Blocks until it is
// over; the read half runs on a thread of the pool, which must have one to spare. The one function that threads,
// child processes and cluster nodes call.
SplitOutcome run_split(RunResources&, const plugin::Split&, Attempt, boost::asio::thread_pool& pool);

}  // namespace sluice::engine
