// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "engine/open_job.hpp"
#include "engine/watchdog.hpp"

namespace sluice::engine {

// A commit whose answer was lost: with the connection, or with the process that made it. The destination itself must
// say what became of it.
struct LostCommit {
  std::string split;
  std::uint32_t attempt = 1;
  std::string token;
};

// What it says. While it cannot be reached it may be on its way back: asked as often as a split would be tried again.
plugin::Result<plugin::CommitAnswer> ask_about(const LostCommit&, OpenJob&, Watchdog&);

// Success when the commit happened. Else `why` it is in question, as the failure of the split: one that a later try may
// mend when nothing is there; `outcome unknown` when even that could not be found out, for a resumed run to ask again.
plugin::Result<void> settle(const LostCommit&, plugin::Failure why, OpenJob&, Watchdog&);

}  // namespace sluice::engine
