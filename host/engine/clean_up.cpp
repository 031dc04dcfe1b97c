// SPDX-License-Identifier: Apache-2.0
#include "engine/clean_up.hpp"

#include "engine/crash_point.hpp"
#include "engine/run_lock.hpp"
#include "engine/stored_run.hpp"

namespace sluice::engine {
namespace {

void supersede(OpenJob& job, const StoredRun& run) {
  Journal journal(run.directory);
  const auto abandoned = [&] {
    if (run.is_finished() || run.history.abandoned) return plugin::Result<void>();
    auto mended = Journal::mend(run.directory);
    return mended ? journal.abandoned() : mended;
  }();
  if (abandoned)
    clean_up(job, run.identity.run, journal);
  else
    job.services->warn("an earlier run could not be given up: " + abandoned.error().text());
}

// Nothing is left to do about it.
bool is_settled(const OpenJob& job, const std::string& last_event) {
  if (last_event == "cleaned") return true;
  return !job.writer->can_forget() && (last_event == "completed" || last_event == "abandoned");
}

}  // namespace

plugin::Result<void> forget_former(OpenJob& job) { return job.writer->forget(job.rules.run_id); }

void clean_up(OpenJob& job, const std::string& run, Journal& journal) {
  if (!job.writer->can_forget()) return;
  auto done = job.writer->forget(run);
  crash_point("after-clean-up");
  if (done) done = journal.cleaned();
  if (!done) job.services->warn("what run " + run + " kept aside is still in the destination: " + done.error().text());
}

void supersede_others(OpenJob& job, const std::filesystem::path& state, const RunIdentity& by) {
  const auto is_other = [&](const RunIdentity& run) { return run.run != by.run && run.fingerprint == by.fingerprint; };
  for (const auto& [identity, directory] : find_runs(state)) {
    if (!is_other(identity)) continue;
    if (is_settled(job, Journal::last_event(directory))) continue;
    // Another job may be about to take its id.
    const auto lock = lock_run(state, identity.run);
    const auto now = read_run(directory);
    if (lock && now && is_other(now->identity) && !now->history.cleaned) supersede(job, *now);
  }
}

}  // namespace sluice::engine
