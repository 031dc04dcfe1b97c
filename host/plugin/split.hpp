// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plugin/failure.hpp"

namespace sluice::plugin {

inline constexpr std::size_t max_split_key = 1024;
inline constexpr std::size_t max_split_payload = std::size_t{64} * 1024;
inline constexpr std::size_t max_split_fingerprint = 1024;

// An owned SluiceSplit.
struct Split {
  std::string key;          // unique in its plan, never empty, valid UTF-8, at most max_split_key bytes
  std::string payload;      // opaque; at most max_split_payload bytes
  std::string label;        // for people
  std::string fingerprint;  // of the source; may be empty, valid UTF-8, at most max_split_fingerprint bytes
  bool stable = false;
  std::int64_t records = -1;  // estimates, -1: unknown
  std::int64_t bytes = -1;

  SluiceSplit raw() const;  // borrows from this object

  friend bool operator==(const Split&, const Split&) = default;
};

// The sum of an estimate over all splits; -1 as soon as one is unknown, or when they are out of all bounds.
std::int64_t total(const std::vector<Split>&, std::int64_t Split::*estimate);

// What the host asks of a plan.
struct PlanWish {
  std::uint32_t lanes = 1;
  std::uint64_t target_records = 200'000;
  std::uint64_t target_bytes = 64u << 20;
  bool same_process = true;
  bool consistent = false;
};

// Collects and checks the splits of a plan, while the plugin calls its sink.
class PlanCollector {
 public:
  PlanCollector();
  PlanCollector(const PlanCollector&) = delete;
  PlanCollector& operator=(const PlanCollector&) = delete;

  const SluiceSplitSink* sink() const { return &sink_; }
  // Once the plugin is done: the splits, or what is wrong with them.
  Result<std::vector<Split>> finish(std::string_view where) &&;

 private:
  void add(const SluiceSplit*);

  SluiceSplitSink sink_{};
  std::vector<Split> splits_;
  std::string fault_;  // the first one
};

}  // namespace sluice::plugin
