// SPDX-License-Identifier: Apache-2.0
#include "engine/run_state.hpp"

#include <algorithm>
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

bool is_other_major(const std::string& version, const std::string& now) {
  return version.substr(0, version.find('.')) != now.substr(0, now.find('.'));
}

// Why the run cannot go on with the plugins that are there now; empty when it can.
std::string change_of_plugins(const RunIdentity& then, const RunIdentity& now) {
  const auto change = [](const char* what, const std::string& version, const std::string& is) {
    return std::string(what) + "'s major version has changed since this run began (--fresh begins again): " + version +
           ", now " + is;
  };
  if (is_other_major(then.reader_version, now.reader_version))
    return change("the reader", then.reader_version, now.reader_version);
  if (is_other_major(then.writer_version, now.writer_version))
    return change("the writer", then.writer_version, now.writer_version);
  const auto &processors = then.processor_versions, &processors_now = now.processor_versions;
  for (std::size_t i = 0; i < std::min(processors.size(), processors_now.size()); ++i)
    if (is_other_major(processors[i], processors_now[i]))
      return change("a processor", processors[i], processors_now[i]);
  return {};
}

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
  remove_half_written(directory);
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
  if (std::string change = change_of_plugins(*then, now); !change.empty()) return refuse(std::move(change));
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
