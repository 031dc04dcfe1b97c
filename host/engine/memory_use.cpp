// SPDX-License-Identifier: Apache-2.0
#include "engine/memory_use.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "plugin/services.hpp"

namespace sluice::engine {

// Not getrusage(): there a child begins with what its parent had.
std::uint64_t peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (constexpr std::string_view name = "VmHWM:"; line.starts_with(name))
      return std::strtoull(line.c_str() + name.size(), nullptr, 10) * 1024;
  return 0;
}

std::uint64_t most_held(const job::Setting& setting, std::uint32_t lanes) {
  const std::uint64_t enough = std::uint64_t{lanes <= 1 ? 16u : 8u} << 20;
  return std::min(enough, setting.memory / (4 * std::max(lanes, 1u)));
}

std::uint64_t expected_memory(const job::Setting& setting, std::uint32_t lanes, std::int64_t bytes) {
  const std::uint64_t being_read = plugin::BatchTarget{}.bytes;
  const std::uint64_t full = lanes * (being_read + pipe_capacity + most_held(setting, lanes));
  const std::uint64_t all = bytes < 0 ? full : static_cast<std::uint64_t>(bytes);
  return std::min({full, all, setting.memory});
}

}  // namespace sluice::engine
