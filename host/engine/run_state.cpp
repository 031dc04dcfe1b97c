// SPDX-License-Identifier: Apache-2.0
#include "engine/run_state.hpp"

#include <utility>

#include "engine/crash_point.hpp"
#include "engine/durable_file.hpp"

namespace sluice::engine {
namespace {

namespace fs = std::filesystem;

plugin::Failure refuse(std::string message) {
  plugin::Failure failure;
  failure.code = SLUICE_INVALID;
  failure.message = std::move(message);
  return failure;
}

std::string major_of(const std::string& version) { return version.substr(0, version.find('.')); }

// Of a run that was half removed: beside run.json it would be taken for what the new one did.
plugin::Result<void> remove_former(const fs::path& directory) {
  for (const char* name : {"journal.jsonl", "plan.json", "dirty.jsonl", "summary.json"})
    if (auto gone = remove_durably(directory / name); !gone) return gone;
  return {};
}

// Of the process before: half-written files, and a summary that is not how the run ended.
void remove_remains(const fs::path& directory) {
  std::error_code ignored;
  fs::remove(directory / "summary.json", ignored);
  for (const auto& entry : fs::directory_iterator(directory, ignored))
    if (entry.path().extension() == ".new") fs::remove(entry.path(), ignored);
}

}  // namespace

plugin::Result<std::unique_ptr<RunState>> RunState::create(const fs::path& directory, const RunIdentity& identity,
                                                           const ResolvedJob& job) {
  std::unique_ptr<RunState> state(new RunState(directory));
  if (auto clear = remove_former(directory); !clear) return clear.error();
  if (auto kept = keep_identity(directory, identity, job); !kept) return kept.error();
  crash_point("after-run");
  return state;
}

plugin::Result<std::unique_ptr<RunState>> RunState::resume(const fs::path& directory, const RunIdentity& now) {
  std::unique_ptr<RunState> state(new RunState(directory));
  state->resumed_ = true;
  const auto then = read_identity(directory);
  if (!then) return then.error();
  if (then->fingerprint != now.fingerprint)
    return refuse("the job has changed since this run began (run it afresh with --fresh): " + now.run);
  if (major_of(then->reader_version) != major_of(now.reader_version))
    return refuse("the reader's major version has changed since this run began (--fresh begins again): " +
                  then->reader_version + ", now " + now.reader_version);
  if (major_of(then->writer_version) != major_of(now.writer_version))
    return refuse("the writer's major version has changed since this run began (--fresh begins again): " +
                  then->writer_version + ", now " + now.writer_version);
  if (auto mended = Journal::mend(directory); !mended) return mended.error();
  auto history = Journal::read(directory);
  if (!history) return history.error();
  if (history->abandoned)
    return refuse("a later run of the job took the place of this one (begin again with --fresh): " + now.run);
  state->history_ = std::move(*history);
  remove_remains(directory);
  if (fs::exists(directory / "plan.json")) {
    auto plan = read_plan(directory);
    if (!plan) return plan.error();
    state->plan_ = std::move(*plan);
  }
  return state;
}

plugin::Result<void> RunState::settle(const std::string& key, bool committed) {
  SplitHistory& split = history_.splits.at(key);
  split.state = committed ? SplitHistory::State::committed : SplitHistory::State::open;
  return committed ? journal_.committed(key, split.attempt) : journal_.rolled_back(key, split.attempt);
}

}  // namespace sluice::engine
