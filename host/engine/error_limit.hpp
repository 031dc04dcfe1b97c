// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "engine/counters.hpp"
#include "job/setting.hpp"

namespace sluice::engine {

// Decides whether a split may still commit. A split reserves its sums before its commit and holds them across it, so
// that whatever is committed stays within the limit at any number of lanes. Once the limit is crossed nothing more
// commits. Any thread.
class ErrorLimit {
 public:
  // `splits`: how many will come; with the last one the percentage is decided before its commit.
  // `committed`: the sums of what an earlier process of the run committed.
  ErrorLimit(const job::ErrorLimit& limit, std::size_t splits, const Counters& committed = {});

  // False: the limit is crossed, and reason() says how.
  bool reserve(const Counters&);
  // The commit did not happen: its sums do not count.
  void give_back(const Counters&);
  // True when these dirty records of one split, not reserved yet, cross the limit for certain.
  bool is_crossed_by(std::uint64_t dirty);

  bool crossed() const;
  std::string reason() const;

 private:
  bool too_many(std::uint64_t dirty);
  std::string verdict_on_all() const;
  void take_back(const Counters&);

  const job::ErrorLimit limit_;
  mutable std::mutex mutex_;
  std::size_t splits_left_;
  std::uint64_t read_ = 0;
  std::uint64_t dirty_ = 0;
  std::string reason_;
};

}  // namespace sluice::engine
