// SPDX-License-Identifier: Apache-2.0
#include "engine/memory_use.hpp"

#include <algorithm>

#include "plugin/services.hpp"

namespace sluice::engine {

std::uint64_t most_held(const job::Setting& setting, std::uint32_t lanes) {
  return std::min<std::uint64_t>(std::uint64_t{16} << 20, setting.memory / (4 * std::max(lanes, 1u)));
}

std::uint64_t expected_memory(const job::Setting& setting, std::uint32_t lanes, std::int64_t bytes) {
  const std::uint64_t being_read = plugin::BatchTarget{}.bytes;
  const std::uint64_t full = lanes * (being_read + pipe_capacity + most_held(setting, lanes));
  const std::uint64_t all = bytes < 0 ? full : static_cast<std::uint64_t>(bytes);
  return std::min({full, all, setting.memory});
}

}  // namespace sluice::engine
