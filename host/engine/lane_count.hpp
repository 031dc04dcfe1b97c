// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace sluice::engine {

// How many lanes a run takes, and why they are fewer than asked (empty when they are not).
struct LaneCount {
  std::uint32_t lanes = 1;
  std::string reason;
};

// `splits`: those that are still to be run.
LaneCount count_lanes(std::uint32_t asked, std::size_t splits, bool is_resumed);

}  // namespace sluice::engine
