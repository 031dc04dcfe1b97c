// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "engine/progress.hpp"

namespace sluice::cli {

// Turns what a run tells now and then into a line for people. Speeds are those of the last ten seconds, the time left
// comes from the speed since the start. One thread.
//
//   1,234,567 records  12.3 MB/s  splits 3/10  dirty 2  ETA 1 min 23 s
class ProgressText {
 public:
  std::string line(const engine::Progress& now);

 private:
  struct Sample {
    double seconds;
    std::uint64_t bytes;
  };

  double speed(const engine::Progress& now);

  std::deque<Sample> samples_;
};

// Nothing when the plan has no estimates, or too little is done to tell.
std::optional<double> seconds_left(const engine::Progress& now);

}  // namespace sluice::cli
