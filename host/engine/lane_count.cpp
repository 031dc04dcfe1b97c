// SPDX-License-Identifier: Apache-2.0
#include "engine/lane_count.hpp"

#include <algorithm>

namespace sluice::engine {

LaneCount count_lanes(std::uint32_t asked, std::size_t splits, bool is_resumed) {
  LaneCount count;
  count.lanes = static_cast<std::uint32_t>(std::clamp<std::size_t>(splits, 1, asked));
  if (count.lanes < asked)
    count.reason = std::string(is_resumed ? "what is left has " : "the plan has ") + std::to_string(splits) +
                   (splits == 1 ? " split" : " splits");
  return count;
}

}  // namespace sluice::engine
