// SPDX-License-Identifier: Apache-2.0
#include "engine/run_identity.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "engine/durable_file.hpp"
#include "engine/json_order.hpp"
#include "engine/state_file.hpp"

namespace sluice::engine {
namespace {

namespace json = boost::json;

// For the fingerprint: a secret may move without making another job.
json::object without_secrets(const ResolvedStep& step) {
  return job::redacted(step.parameters->object(), step.plugin->options);
}

json::object shown(const ResolvedStep& step) { return step.shown; }

json::object job_json(const ResolvedJob& job, json::object (*parameters)(const ResolvedStep&)) {
  const auto step_json = [&](const ResolvedStep& step) {
    return json::object{{"stepType", step.plugin->name}, {"parameter", in_order(parameters(step))}};
  };
  json::array processors;
  for (const auto& step : job.processors) processors.push_back(step_json(step));
  json::object object{{"reader", step_json(job.reader)}, {"processors", processors}, {"writer", step_json(job.writer)}};
  // All other settings are about how the job runs, not about what it writes.
  if (const std::string& zone = job.job->setting.time_zone; !zone.empty()) object["timeZone"] = zone;
  return object;
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

}  // namespace

std::string job_name(const std::string& file) {
  std::error_code ignored;
  return file == "-" ? file : std::filesystem::absolute(file, ignored).lexically_normal().string();
}

RunIdentity identify(const ResolvedJob& job, std::string run) {
  std::vector<std::string> processor_versions;
  for (const auto& processor : job.processors) processor_versions.push_back(processor.plugin->version);
  return {std::move(run),
          job_name(job.job->file),
          hash_of(json::serialize(job_json(job, without_secrets))),
          job.reader.plugin->name,
          job.reader.plugin->version,
          job.writer.plugin->name,
          job.writer.plugin->version,
          std::chrono::system_clock::now(),
          {},
          std::move(processor_versions),
          false};
}

json::object to_json(const RunIdentity& id) {
  return {{"run", id.run},
          {"job", id.job},
          {"fingerprint", id.fingerprint},
          {"reader", id.reader},
          {"reader_version", id.reader_version},
          {"writer", id.writer},
          {"writer_version", id.writer_version},
          {"started_ms", milliseconds_of(id.started)},
          {"scheduling", id.scheduling},
          {"processor_versions", json::array(id.processor_versions.begin(), id.processor_versions.end())},
          {"named", id.is_named}};
}

RunIdentity identity_from_json(const json::object& object) {
  const auto text = [&](const char* key) { return std::string(object.at(key).as_string()); };
  std::vector<std::string> processor_versions;
  if (const auto* versions = object.if_contains("processor_versions"))
    for (const auto& version : versions->as_array()) processor_versions.emplace_back(version.as_string());
  return {text("run"),
          text("job"),
          text("fingerprint"),
          text("reader"),
          text("reader_version"),
          text("writer"),
          text("writer_version"),
          std::chrono::system_clock::time_point(
              std::chrono::milliseconds(object.at("started_ms").to_number<std::int64_t>())),
          object.contains("scheduling") ? object.at("scheduling").as_object() : json::object(),
          std::move(processor_versions),
          !object.contains("named") || object.at("named").as_bool()};
}

plugin::Result<void> keep_identity(const std::filesystem::path& directory, const RunIdentity& identity,
                                   const ResolvedJob& job) {
  if (auto kept = replace_durably(directory / "job.json", json::serialize(job_json(job, shown)) + "\n"); !kept)
    return kept;
  return replace_durably(directory / "run.json", json::serialize(to_json(identity)) + "\n");
}

plugin::Result<RunIdentity> read_identity(const std::filesystem::path& directory) {
  return read_state(directory / "run.json", identity_from_json);
}

}  // namespace sluice::engine
