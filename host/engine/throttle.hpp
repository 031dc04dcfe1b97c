// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "plugin/services.hpp"

namespace sluice::engine {

// Virtual scheduling: each charge moves the time from which the next one may pass. A bucket that was idle lets no more
// than `burst` of saved-up time through at once. Not thread-safe.
class Bucket {
 public:
  using Clock = std::chrono::steady_clock;

  Bucket(double units_per_second, std::chrono::nanoseconds burst, Clock::time_point start)
      : rate_(units_per_second), burst_(burst), next_(start) {}

  // Takes `units` at `now`; answers when the caller may go on.
  Clock::time_point charge(double units, Clock::time_point now);

 private:
  double rate_;
  std::chrono::nanoseconds burst_;
  Clock::time_point next_;
};

// Holds a whole job to its MB/s and records/s. Stands right behind the reader, so that it is the source that is
// protected. Any thread.
class Throttle {
 public:
  Throttle(std::optional<double> mbps, std::optional<std::uint64_t> records_per_second);

  // Charges a batch that was read; answers when the job may go on.
  Bucket::Clock::time_point charge(std::uint64_t bytes, std::uint64_t records);

  // Batches small enough not to burst: a twentieth of a second's worth for each lane.
  plugin::BatchTarget batch_target(std::uint32_t lanes) const;

 private:
  const std::optional<double> bytes_rate_;
  const std::optional<double> records_rate_;
  std::mutex mutex_;
  std::optional<Bucket> bytes_;
  std::optional<Bucket> records_;
};

}  // namespace sluice::engine
