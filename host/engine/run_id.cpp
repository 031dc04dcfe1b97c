// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

#include "engine/run.hpp"

namespace sluice::engine {

std::string make_run_id() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y%m%dT%H%M%S", &utc);
  std::random_device random;
  std::snprintf(text + size, sizeof text - size, "-%06x", static_cast<unsigned>(random() & 0xFFFFFF));
  return text;
}

}  // namespace sluice::engine
