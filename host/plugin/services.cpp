// SPDX-License-Identifier: Apache-2.0
#include "plugin/services.hpp"

#include <algorithm>
#include <thread>

namespace sluice::plugin {

bool Services::wait(std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds slice{50};
  const auto end = std::chrono::steady_clock::now() + time;
  while (!is_cancelled()) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= end) return false;
    std::this_thread::sleep_until(std::min(end, now + slice));
  }
  return true;
}

}  // namespace sluice::plugin
