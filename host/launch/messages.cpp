// SPDX-License-Identifier: Apache-2.0
#include "launch/messages.hpp"

#include <algorithm>
#include <utility>

#include "engine/journal.hpp"
#include "engine/letter_reader.hpp"
#include "plugin/load.hpp"
#include "record/base64.hpp"

namespace sluice::launch {
namespace {

namespace json = boost::json;
using engine::SplitOutcome;

std::string text(const json::object& object, const char* key) { return std::string(object.at(key).as_string()); }

template <class Number>
Number number(const json::object& object, const char* key) {
  return object.at(key).to_number<Number>();
}

json::object step_json(const engine::ResolvedStep& step) {
  return {{"name", step.step->name},
          {"category", step.step->category},
          {"file", step.plugin->file.string()},
          {"plugin", step.plugin->name},
          {"kind", static_cast<std::int32_t>(step.plugin->kind)},
          {"parameters", step.parameters->object()}};
}

// One lane's share of it. The rates only say how large its batches should be: the run itself holds to them.
json::object setting_json(const job::Setting& setting, std::uint32_t lanes) {
  json::object object{{"memory", setting.memory / lanes},
                      {"time_zone", setting.time_zone},
                      {"delivery", setting.delivery},
                      {"call_timeout", setting.call_timeout.count()},
                      {"retry_times", setting.retry.times},
                      {"retry_interval", setting.retry.interval.count()},
                      {"retry_backoff", setting.retry.backoff}};
  if (setting.mbps) object["mbps"] = *setting.mbps / lanes;
  if (setting.records_per_second)
    object["records_per_second"] = std::max<std::uint64_t>(1, *setting.records_per_second / lanes);
  return object;
}

job::Setting setting_of(const json::object& object) {
  job::Setting setting;
  setting.memory = number<std::uint64_t>(object, "memory");
  setting.time_zone = text(object, "time_zone");
  setting.delivery = number<std::int32_t>(object, "delivery");
  setting.call_timeout = std::chrono::milliseconds(number<std::int64_t>(object, "call_timeout"));
  setting.retry = {number<std::uint32_t>(object, "retry_times"),
                   std::chrono::milliseconds(number<std::int64_t>(object, "retry_interval")),
                   number<double>(object, "retry_backoff")};
  if (object.contains("mbps")) setting.mbps = number<double>(object, "mbps");
  if (object.contains("records_per_second"))
    setting.records_per_second = number<std::uint64_t>(object, "records_per_second");
  return setting;
}

job::Step plain_step(const json::object& object) {
  job::Step step;
  step.name = text(object, "name");
  step.category = text(object, "category");
  step.step_type = text(object, "plugin");
  return step;
}

plugin::Result<engine::ResolvedStep> resolved_step(const json::object& object, const job::Step& step) {
  const auto parameters = std::make_shared<plugin::Parameters>(object.at("parameters").as_object());
  if (text(object, "file") == engine::letter_reader().file)
    return engine::ResolvedStep{&step, &engine::letter_reader(), parameters};
  const auto plugins = plugin::load(text(object, "file"));
  const auto kind = static_cast<plugin::Kind>(number<std::int32_t>(object, "kind"));
  if (plugins)
    for (const auto& plugin : *plugins)
      if (plugin.kind == kind && plugin.name == step.step_type) return engine::ResolvedStep{&step, &plugin, parameters};
  plugin::Failure failure;
  failure.code = SLUICE_NOT_FOUND;
  failure.message = "the plugin cannot be loaded again in a child process: " + text(object, "file");
  if (!plugins) failure.message += ": " + plugins.error().reason;
  return failure;
}

}  // namespace

json::object to_json(const plugin::Failure& failure) {
  return {{"code", failure.code},          {"flags", failure.flags},     {"sqlstate", failure.sqlstate},
          {"vendor", failure.vendor_code}, {"message", failure.message}, {"where", failure.where}};
}

plugin::Failure failure_of(const json::object& object) {
  plugin::Failure failure;
  failure.code = number<std::int32_t>(object, "code");
  failure.flags = number<std::uint32_t>(object, "flags");
  failure.sqlstate = text(object, "sqlstate");
  failure.vendor_code = number<std::int64_t>(object, "vendor");
  failure.message = text(object, "message");
  failure.where = text(object, "where");
  return failure;
}

json::object to_json(const engine::Facts& facts) {
  json::object notes, metrics;
  for (const auto& [key, value] : facts.notes) notes[key] = value;
  for (const auto& [name, delta] : facts.metrics) metrics[name] = delta;
  return {{"notes", notes},
          {"consistent", facts.consistent},
          {"warnings", json::array(facts.warnings.begin(), facts.warnings.end())},
          {"metrics", metrics}};
}

engine::Facts facts_of(const json::object& object) {
  engine::Facts facts;
  for (const auto& [key, value] : object.at("notes").as_object()) facts.notes.emplace_back(key, value.as_string());
  facts.consistent = text(object, "consistent");
  for (const auto& warning : object.at("warnings").as_array()) facts.warnings.emplace_back(warning.as_string());
  for (const auto& [name, delta] : object.at("metrics").as_object())
    facts.metrics[std::string(name)] = delta.to_number<std::int64_t>();
  return facts;
}

json::object to_json(const SplitOutcome& outcome) {
  json::object object{{"status", static_cast<int>(outcome.status)},
                      {"counters", engine::to_json(outcome.counters)},
                      {"retry", outcome.retry},
                      {"reader_wait", outcome.reader_wait.count()},
                      {"writer_wait", outcome.writer_wait.count()},
                      {"throttle_wait", outcome.throttle_wait.count()}};
  if (outcome.failure) object["failure"] = to_json(*outcome.failure);
  return object;
}

SplitOutcome outcome_of(const json::object& object) {
  SplitOutcome outcome;
  outcome.status = static_cast<SplitOutcome::Status>(number<int>(object, "status"));
  outcome.counters = engine::counters_from_json(object.at("counters").as_object());
  outcome.retry = object.at("retry").as_bool();
  outcome.reader_wait = std::chrono::nanoseconds(number<std::int64_t>(object, "reader_wait"));
  outcome.writer_wait = std::chrono::nanoseconds(number<std::int64_t>(object, "writer_wait"));
  outcome.throttle_wait = std::chrono::nanoseconds(number<std::int64_t>(object, "throttle_wait"));
  if (object.contains("failure")) outcome.failure = failure_of(object.at("failure").as_object());
  return outcome;
}

json::object to_json(const engine::ResolvedJob& resolved, const engine::OpenJob& open) {
  json::array steps{step_json(resolved.reader), step_json(resolved.writer)};
  for (const auto& processor : resolved.processors) steps.push_back(step_json(processor));
  return {{"file", resolved.job->file},
          {"run", open.rules.run_id},
          {"resumable", open.rules.resumable},
          {"full_validation", open.rules.validation == record::Validation::full},
          {"flags", open.rules.flags},
          {"setting", setting_json(resolved.job->setting, std::max(1u, open.services->lanes()))},
          {"steps", steps}};
}

plugin::Result<std::unique_ptr<ReceivedJob>> job_of(const json::object& object) {
  auto received = std::make_unique<ReceivedJob>();
  const auto& steps = object.at("steps").as_array();
  received->job.file = text(object, "file");
  received->job.setting = setting_of(object.at("setting").as_object());
  received->job.reader = plain_step(steps.at(0).as_object());
  received->job.writer = plain_step(steps.at(1).as_object());
  for (std::size_t i = 2; i < steps.size(); ++i) received->job.processors.push_back(plain_step(steps[i].as_object()));
  received->rules.run_id = text(object, "run");
  received->rules.resumable = object.at("resumable").as_bool();
  if (object.at("full_validation").as_bool()) received->rules.validation = record::Validation::full;
  received->rules.flags = number<std::uint32_t>(object, "flags");

  auto& resolved = received->resolved;
  resolved.job = &received->job;
  auto reader = resolved_step(steps.at(0).as_object(), received->job.reader);
  if (!reader) return reader.error();
  resolved.reader = std::move(*reader);
  auto writer = resolved_step(steps.at(1).as_object(), received->job.writer);
  if (!writer) return writer.error();
  resolved.writer = std::move(*writer);
  for (std::size_t i = 2; i < steps.size(); ++i) {
    auto processor = resolved_step(steps[i].as_object(), received->job.processors[i - 2]);
    if (!processor) return processor.error();
    resolved.processors.push_back(std::move(*processor));
  }
  return received;
}

}  // namespace sluice::launch
