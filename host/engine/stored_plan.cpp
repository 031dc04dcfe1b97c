// SPDX-License-Identifier: Apache-2.0
#include "engine/stored_plan.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <utility>

#include "engine/durable_file.hpp"
#include "engine/state_file.hpp"
#include "record/base64.hpp"

namespace sluice::engine {
namespace {

namespace json = boost::json;

constexpr const char* plan_file = "plan.json";

json::object field_json(const record::Field& field) {
  json::object metadata;
  for (const auto& [key, value] : field.metadata) metadata[key] = value;
  return {{"name", field.name},
          {"format", record::format_of(field.type)},
          {"nullable", field.nullable},
          {"metadata", metadata}};
}

record::Field field_of(const json::object& object) {
  const auto type = record::parse_type(object.at("format").as_string());
  if (!type) throw std::runtime_error("unknown type of a column");
  record::Field field{std::string(object.at("name").as_string()), *type, object.at("nullable").as_bool(), {}};
  for (const auto& [key, value] : object.at("metadata").as_object())
    field.metadata.emplace_back(key, value.as_string());
  return field;
}

json::object stage_json(const StageSchema& stage) {
  json::array fields;
  for (const auto& field : stage.fields) fields.push_back(field_json(field));
  return {{"step", stage.step}, {"fields", fields}};
}

StageSchema stage_of(const json::object& object) {
  StageSchema stage{std::string(object.at("step").as_string()), {}};
  for (const auto& field : object.at("fields").as_array()) stage.fields.push_back(field_of(field.as_object()));
  return stage;
}

StoredPlan stored(const json::object& object) {
  StoredPlan plan;
  plan.lanes = object.at("lanes").to_number<std::uint32_t>();
  for (const auto& split : object.at("splits").as_array()) plan.splits.push_back(split_of(split.as_object()));
  for (const auto& stage : object.at("stages").as_array()) plan.stages.push_back(stage_of(stage.as_object()));
  return plan;
}

}  // namespace

json::object to_json(const plugin::Split& split) {
  return {{"key", split.key},
          {"label", split.label},
          {"payload", record::to_base64(split.payload)},
          {"fingerprint", split.fingerprint},
          {"stable", split.stable},
          {"records", split.records},
          {"bytes", split.bytes}};
}

plugin::Split split_of(const json::object& object) {
  plugin::Split split;
  split.key = object.at("key").as_string();
  split.label = object.at("label").as_string();
  split.payload = record::from_base64(object.at("payload").as_string()).value_or("");
  split.fingerprint = object.at("fingerprint").as_string();
  split.stable = object.at("stable").as_bool();
  split.records = object.at("records").to_number<std::int64_t>();
  split.bytes = object.at("bytes").to_number<std::int64_t>();
  return split;
}

const StageSchema* StoredPlan::stage(std::string_view step) const {
  const auto found = std::find_if(stages.begin(), stages.end(), [&](const auto& stage) { return stage.step == step; });
  return found == stages.end() ? nullptr : &*found;
}

StoredPlan plan_of(const OpenJob& job, std::vector<plugin::Split> splits) {
  StoredPlan plan{job.job->setting.concurrent, std::move(splits), {}};
  for (std::size_t i = 0; i < job.processors.size(); ++i)
    plan.stages.push_back(
        {std::string(job.step_services[i + 1]->step().name), (i == 0 ? job.source : job.processed[i - 1]).fields()});
  plan.stages.push_back({job.job->writer.name, job.arriving().fields()});
  return plan;
}

plugin::Result<void> keep_plan(const std::filesystem::path& directory, const StoredPlan& plan) {
  json::array splits, stages;
  for (const auto& split : plan.splits) splits.push_back(to_json(split));
  for (const auto& stage : plan.stages) stages.push_back(stage_json(stage));
  const json::object object{{"lanes", plan.lanes}, {"splits", splits}, {"stages", stages}};
  return replace_durably(directory / plan_file, json::serialize(object) + "\n");
}

plugin::Result<StoredPlan> read_plan(const std::filesystem::path& directory) {
  return read_state(directory / plan_file, stored);
}

}  // namespace sluice::engine
