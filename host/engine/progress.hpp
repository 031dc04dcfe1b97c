// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "engine/counters.hpp"

namespace sluice::engine {

// How far a run is. Records count as they pass, before their split is committed.
struct Progress {
  double elapsed_seconds = 0;
  std::string phase;  // "prepare", "run", "complete"
  std::uint64_t read = 0;
  std::uint64_t written = 0;
  std::uint64_t dirty = 0;
  std::uint64_t bytes = 0;
  std::uint64_t splits = 0;
  std::uint64_t splits_done = 0;
  std::int64_t estimated_records = -1;  // of the whole plan; -1: unknown
};

}  // namespace sluice::engine
