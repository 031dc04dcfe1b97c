// SPDX-License-Identifier: Apache-2.0
#include "engine/throttle.hpp"

#include <algorithm>

namespace sluice::engine {
namespace {

constexpr std::chrono::milliseconds burst{50};
constexpr double batches_per_second = 20;

std::uint64_t target(std::optional<double> rate, std::uint32_t lanes, std::uint64_t least, std::uint64_t most) {
  if (!rate) return most;
  return std::clamp(static_cast<std::uint64_t>(*rate / batches_per_second / lanes), least, most);
}

}  // namespace

Bucket::Clock::time_point Bucket::charge(double units, Clock::time_point now) {
  const auto cost = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(units / rate_));
  next_ = std::max(next_, now - burst_) + cost;
  return next_;
}

Throttle::Throttle(std::optional<double> mbps, std::optional<std::uint64_t> records_per_second)
    : bytes_rate_(mbps ? std::optional(*mbps * (1 << 20)) : std::nullopt),
      records_rate_(records_per_second ? std::optional(static_cast<double>(*records_per_second)) : std::nullopt) {
  const auto now = Bucket::Clock::now();
  if (bytes_rate_) bytes_.emplace(*bytes_rate_, burst, now);
  if (records_rate_) records_.emplace(*records_rate_, burst, now);
}

Bucket::Clock::time_point Throttle::charge(std::uint64_t bytes, std::uint64_t records) {
  if (!bytes_rate_ && !records_rate_) return {};
  const auto now = Bucket::Clock::now();
  auto until = now;
  const std::lock_guard lock(mutex_);
  if (bytes_) until = std::max(until, bytes_->charge(static_cast<double>(bytes), now));
  if (records_) until = std::max(until, records_->charge(static_cast<double>(records), now));
  return until;
}

plugin::BatchTarget Throttle::batch_target(std::uint32_t lanes) const {
  const plugin::BatchTarget most;
  return {target(records_rate_, lanes, 1, most.records), target(bytes_rate_, lanes, 4096, most.bytes)};
}

}  // namespace sluice::engine
