// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/console.hpp"
#include "cli/progress_text.hpp"
#include "engine/run.hpp"

namespace sluice::cli {

// Shows how far a run is: a live line on a terminal, else a line every ten seconds. One thread.
class ProgressDisplay {
 public:
  explicit ProgressDisplay(Console& console) : console_(console) {}
  ~ProgressDisplay() { clear(); }
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  // For the run; must not outlive this object.
  engine::RunHooks hooks();
  void clear();

 private:
  void show(const engine::Progress& now);

  Console& console_;
  ProgressText text_;
};

}  // namespace sluice::cli
