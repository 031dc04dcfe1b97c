// SPDX-License-Identifier: Apache-2.0
#include "engine/run_state.hpp"

#include <fcntl.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "engine/crash_point.hpp"
#include "engine/dead_letters.hpp"
#include "engine/durable_file.hpp"
#include "engine/state_file.hpp"

namespace sluice::engine {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

plugin::Failure refuse(std::string message, std::uint32_t flags = 0) {
  plugin::Failure failure;
  failure.code = flags == 0 ? SLUICE_INVALID : SLUICE_CONFLICT;
  failure.flags = flags;
  failure.message = std::move(message);
  return failure;
}

// Objects with their keys in order, so that the same content has the same text.
json::value sorted(const json::value& value) {
  if (value.is_object()) {
    std::map<std::string, json::value> members;
    for (const auto& [key, member] : value.get_object()) members[std::string(key)] = sorted(member);
    json::object object;
    for (auto& [key, member] : members) object[key] = std::move(member);
    return object;
  }
  if (!value.is_array()) return value;
  json::array array;
  for (const auto& element : value.get_array()) array.push_back(sorted(element));
  return array;
}

// For the fingerprint: a secret may move without making another job.
json::object without_secrets(const ResolvedStep& step) {
  return job::redacted(step.parameters->object(), step.plugin->options);
}

json::object shown(const ResolvedStep& step) { return step.shown; }

json::object job_json(const ResolvedJob& job, json::object (*parameters)(const ResolvedStep&)) {
  const auto step_json = [&](const ResolvedStep& step) {
    return json::object{{"stepType", step.plugin->name}, {"parameter", sorted(parameters(step))}};
  };
  json::array processors;
  for (const auto& step : job.processors) processors.push_back(step_json(step));
  return {{"reader", step_json(job.reader)}, {"processors", processors}, {"writer", step_json(job.writer)}};
}

std::string hash_of(const std::string& text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return digits;
}

std::int64_t milliseconds_of(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

json::object identity_json(const RunIdentity& id) {
  return {{"run", id.run},
          {"job", id.job},
          {"fingerprint", id.fingerprint},
          {"reader", id.reader},
          {"reader_version", id.reader_version},
          {"writer", id.writer},
          {"writer_version", id.writer_version},
          {"started_ms", milliseconds_of(id.started)},
          {"scheduling", id.scheduling}};
}

RunIdentity identity_of(const json::object& object) {
  const auto text = [&](const char* key) { return std::string(object.at(key).as_string()); };
  return {text("run"),
          text("job"),
          text("fingerprint"),
          text("reader"),
          text("reader_version"),
          text("writer"),
          text("writer_version"),
          std::chrono::system_clock::time_point(
              std::chrono::milliseconds(object.at("started_ms").to_number<std::int64_t>())),
          object.contains("scheduling") ? object.at("scheduling").as_object() : json::object()};
}

std::string major_of(const std::string& version) { return version.substr(0, version.find('.')); }

fs::path lock_file(const fs::path& state, const RunIdentity& identity) {
  return state / "locks" / (identity.fingerprint + ".lock");
}

// Locks that belong to the open file: a look at one does not take it, and closing another descriptor keeps it.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

bool is_locked(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct flock holder = whole_file();
  const bool locked = ::fcntl(descriptor, F_OFD_GETLK, &holder) == 0 && holder.l_type != F_UNLCK;
  ::close(descriptor);
  return locked;
}

// Of the process before: half-written files, and a summary that is not how the run ended.
void remove_remains(const fs::path& directory) {
  std::error_code ignored;
  fs::remove(directory / "summary.json", ignored);
  for (const auto& entry : fs::directory_iterator(directory, ignored))
    if (entry.path().extension() == ".new") fs::remove(entry.path(), ignored);
}

std::string owner_of(const fs::path& lock) {
  const auto text = read_file(lock);
  return text ? *text : "?";
}

}  // namespace

std::string job_name(const std::string& file) {
  std::error_code ignored;
  return file == "-" ? file : fs::absolute(file, ignored).lexically_normal().string();
}

RunIdentity identify(const ResolvedJob& job, std::string run) {
  return {std::move(run),
          job_name(job.job->file),
          hash_of(json::serialize(job_json(job, without_secrets))),
          job.reader.plugin->name,
          job.reader.plugin->version,
          job.writer.plugin->name,
          job.writer.plugin->version,
          std::chrono::system_clock::now()};
}

plugin::Result<JobLock> JobLock::take(const fs::path& state, const RunIdentity& identity) {
  const fs::path file = lock_file(state, identity);
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return refuse("cannot make the job's lock: " + std::string(std::strerror(errno)) + ": " + file.string());
  struct flock wish = whole_file();
  if (::fcntl(descriptor, F_OFD_SETLK, &wish) != 0) {
    ::close(descriptor);
    return refuse("this job is running already (wait for it, or stop it): run " + owner_of(file), SLUICE_RETRYABLE);
  }
  const std::string owner = identity.run + ", process " + std::to_string(::getpid());
  if (::ftruncate(descriptor, 0) == 0) (void)!::write(descriptor, owner.data(), owner.size());
  return JobLock(descriptor);
}

JobLock::JobLock(JobLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

JobLock::~JobLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

plugin::Result<std::unique_ptr<RunState>> RunState::create(const fs::path& directory, const RunIdentity& identity,
                                                           const ResolvedJob& job) {
  std::unique_ptr<RunState> state(new RunState(directory));
  // In this order: where run.json is, there is a run.
  if (auto kept = replace_durably(directory / "job.json", json::serialize(job_json(job, shown)) + "\n"); !kept)
    return kept.error();
  if (auto kept = replace_durably(directory / "run.json", json::serialize(identity_json(identity)) + "\n"); !kept)
    return kept.error();
  crash_point("after-run");
  return state;
}

plugin::Result<std::unique_ptr<RunState>> RunState::resume(const fs::path& directory, const RunIdentity& now) {
  std::unique_ptr<RunState> state(new RunState(directory));
  state->resumed_ = true;
  const auto then = read_state(directory / "run.json", identity_of);
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

std::string StoredRun::status() const {
  if (is_running) return "running";
  if (history.completed) return "succeeded";
  if (history.abandoned && !summary) return "abandoned";
  if (summary && summary->contains("status") && summary->at("status").is_string())
    return std::string(summary->at("status").get_string());
  return "interrupted";
}

Counters StoredRun::counters() const {
  if (summary && !is_running) return counters_from_json(*summary);
  Counters sums = history.committed();
  // As in a summary: of splits that were not committed the dirty records alone.
  const std::uint64_t lines = DeadLetters::count(directory);
  const std::uint64_t more = lines - std::min(lines, sums.dirty);
  sums.read += more;
  sums.dirty += more;
  return sums;
}

std::size_t StoredRun::splits_done() const {
  return static_cast<std::size_t>(std::count_if(history.splits.begin(), history.splits.end(), [](const auto& split) {
    return split.second.state == SplitHistory::State::committed;
  }));
}

double StoredRun::elapsed_seconds() const {
  using seconds = std::chrono::duration<double>;
  if (is_running) return seconds(std::chrono::system_clock::now() - identity.started).count();
  if (summary && summary->contains("elapsed_seconds")) return summary->at("elapsed_seconds").to_number<double>();
  auto last = identity.started;
  for (const char* name : {"run.json", "plan.json", "journal.jsonl", "dirty.jsonl"}) {
    std::error_code missing;
    const auto written = fs::last_write_time(directory / name, missing);
    if (!missing) last = std::max(last, std::chrono::file_clock::to_sys(written));
  }
  return seconds(last - identity.started).count();
}

plugin::Result<StoredRun> read_run(const fs::path& directory) {
  StoredRun run;
  run.directory = directory;
  auto identity = read_state(directory / "run.json", identity_of);
  if (!identity) return identity.error();
  run.identity = std::move(*identity);
  auto history = Journal::read(directory);
  if (!history) return history.error();
  run.history = std::move(*history);
  if (auto plan = read_plan(directory)) run.plan = std::move(*plan);
  if (auto summary = read_state(directory / "summary.json", [](const json::object& o) { return o; }))
    run.summary = std::move(*summary);

  const fs::path lock = lock_file(directory.parent_path().parent_path(), run.identity);
  run.is_running = is_locked(lock) && owner_of(lock).starts_with(run.identity.run + ",");
  return run;
}

namespace {

std::vector<fs::path> run_directories(const fs::path& state) {
  std::vector<fs::path> directories;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(state / "runs", missing)) directories.push_back(entry.path());
  return directories;
}

}  // namespace

std::vector<StoredRun> list_runs(const fs::path& state) {
  std::vector<StoredRun> runs;
  for (const auto& directory : run_directories(state))
    if (auto run = read_run(directory)) runs.push_back(std::move(*run));
  std::sort(runs.begin(), runs.end(),
            [](const auto& a, const auto& b) { return a.identity.started > b.identity.started; });
  return runs;
}

std::optional<StoredRun> last_run(const fs::path& state, const std::string& fingerprint) {
  std::optional<RunIdentity> last;
  fs::path where;
  for (const auto& directory : run_directories(state)) {
    auto identity = read_state(directory / "run.json", identity_of);
    if (!identity || identity->fingerprint != fingerprint || (last && identity->started < last->started)) continue;
    last = std::move(*identity);
    where = directory;
  }
  if (!last) return {};
  auto run = read_run(where);
  return run ? std::optional(std::move(*run)) : std::nullopt;
}

namespace {

// Made by a process that died before it could say whose run it was to be. A young one may still be in the making.
void remove_stillborn(const fs::path& state) {
  std::error_code ignored;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (const auto& directory : run_directories(state)) {
    if (fs::exists(directory / "run.json", ignored) || fs::last_write_time(directory, ignored) > long_ago) continue;
    for (const char* name : {"job.json.new", "job.json", "run.json.new"}) fs::remove(directory / name, ignored);
    fs::remove(directory, ignored);  // only when nothing else is there
  }
}

}  // namespace

void prune_runs(const fs::path& state, std::size_t keep) {
  remove_stillborn(state);
  if (run_directories(state).size() <= keep) return;
  auto runs = list_runs(state);
  std::error_code ignored;
  for (std::size_t i = keep; i < runs.size(); ++i)
    if (!runs[i].is_running) fs::remove_all(runs[i].directory, ignored);
}

}  // namespace sluice::engine
