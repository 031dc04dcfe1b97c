// SPDX-License-Identifier: Apache-2.0
#include "engine/local_link.hpp"

#include <algorithm>

namespace sluice::engine {
namespace {

// How many splits may be written at once: one a lane, and no more than the writer can.
std::uint32_t write_places(const OpenJob& job) {
  const std::uint32_t lanes = job.services->lanes();
  return job.target.offer.max_tasks == 0 ? lanes : std::min(lanes, job.target.offer.max_tasks);
}

}  // namespace

LocalLink::LocalLink(OpenJob& job, RunState& state, std::size_t splits)
    : job_(job),
      services_(*job.services),
      journal_(state.journal()),
      limit_(job.job->setting.error_limit, splits, state.history().committed()),
      dirty_(state.directory(), state.history()),
      gate_(write_places(job), services_.stop) {}

RunLink::Clock::time_point LocalLink::throttle(std::uint64_t bytes, std::uint64_t records) {
  return services_.throttle.charge(bytes, records);
}

void LocalLink::passed(const Passed& more) {
  read_ += more.read;
  written_ += more.written;
  dirty_count_ += more.dirty;
  bytes_ += more.bytes;
}

Passed LocalLink::live() const { return {read_, written_, dirty_count_, bytes_}; }

}  // namespace sluice::engine
