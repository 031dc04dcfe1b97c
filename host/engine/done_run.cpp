// SPDX-License-Identifier: Apache-2.0
#include "engine/done_run.hpp"

#include <boost/json/serialize.hpp>

#include "engine/durable_file.hpp"
#include "engine/state_file.hpp"

namespace sluice::engine {
namespace {

namespace fs = std::filesystem;

fs::path done_file(const fs::path& state, const std::string& run) { return state / "done" / (run + ".json"); }

StoredRun done_run_of(const boost::json::object& object) {
  StoredRun run;
  run.identity = identity_from_json(object.at("identity").as_object());
  run.history.completed = true;
  run.history.cleaned = object.at("cleaned").as_bool();
  if (const auto& summary = object.at("summary"); summary.is_object()) run.summary = summary.get_object();
  return run;
}

}  // namespace

plugin::Result<void> remember_done(const fs::path& state, const StoredRun& run) {
  if (!run.identity.is_named) return {};
  std::error_code ignored;
  fs::create_directories(state / "done", ignored);
  fs::permissions(state / "done", fs::perms::owner_all, ignored);
  const boost::json::object object{{"identity", to_json(run.identity)},
                                   {"cleaned", run.history.cleaned},
                                   {"summary", run.summary ? boost::json::value(*run.summary) : nullptr}};
  return replace_durably(done_file(state, run.identity.run), boost::json::serialize(object) + "\n");
}

std::optional<StoredRun> recall_done(const fs::path& state, const std::string& run) {
  const fs::path file = done_file(state, run);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  auto done = read_state(file, done_run_of);
  if (!done) return {};
  done->directory = state / "runs" / run;
  return std::move(*done);
}

void forget_done(const fs::path& state, const std::string& run) {
  std::error_code ignored;
  fs::remove(done_file(state, run), ignored);
}

}  // namespace sluice::engine
