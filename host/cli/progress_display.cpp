// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_display.hpp"

#include "cli/quantity_text.hpp"

namespace sluice::cli {

engine::RunHooks ProgressDisplay::hooks() {
  using std::chrono::milliseconds;
  milliseconds interval = console_.error().terminal ? milliseconds(500) : milliseconds(10'000);
  return {[this](const engine::Progress& now) { show(now); }, interval};
}

void ProgressDisplay::clear() {
  if (console_.error().terminal) console_.live("");
}

void ProgressDisplay::show(const engine::Progress& now) {
  std::string line = text_.line(now);
  if (console_.error().terminal) {
    console_.live(line);
  } else {
    console_.tell("after " + duration_text(now.elapsed_seconds) + ": " + line);
  }
}

}  // namespace sluice::cli
