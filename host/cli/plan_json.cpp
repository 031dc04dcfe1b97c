// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>

#include "cli/plan_text.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;
using engine::ColumnMapping;
using engine::Explanation;
using engine::OpenJob;

json::value estimate(std::int64_t value) { return value < 0 ? json::value(nullptr) : json::value(value); }

template <class T>
json::value or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object step_json(const job::Step& step, const plugin::Plugin& plugin) {
  return {{"step", step.name}, {"plugin", plugin.name}, {"version", plugin.version}};
}

json::array splits_json(const Explanation& plan) {
  json::array splits;
  for (const auto& [split, statements] : plan.splits) {
    json::array texts;
    for (const auto& statement : statements) texts.emplace_back(statement.text);
    splits.push_back(json::object{{"key", split.key},
                                  {"label", split.label},
                                  {"records", estimate(split.records)},
                                  {"bytes", estimate(split.bytes)},
                                  {"stable", split.stable},
                                  {"statements", std::move(texts)}});
  }
  return splits;
}

json::object side_json(const ColumnMapping::Side& side) {
  return {{"name", side.name},
          {"native", side.native},
          {"type", side.type},
          {"length", or_null(side.length)},
          {"nullable", side.nullable}};
}

json::array columns_json(const Explanation& plan) {
  json::array columns;
  for (const ColumnMapping& column : plan.columns) {
    json::array risks;
    for (const record::Fault risk : column.risks)
      risks.push_back(json::object{{"code", record::code_of(risk)}, {"text", record::text_of(risk)}});
    columns.push_back(json::object{{"source", side_json(column.source)},
                                   {"target", side_json(column.target)},
                                   {"exact", column.risks.empty()},
                                   {"shortened", column.is_shortened()},
                                   {"risks", std::move(risks)}});
  }
  return columns;
}

json::array statements_json(const Explanation& plan, std::string_view phase) {
  json::array texts;
  for (const auto& statement : plan.writing)
    if (statement.what == phase) texts.emplace_back(statement.text);
  return texts;
}

json::object throttle_json(const job::Setting& setting) {
  return {{"mbps", or_null(setting.mbps)}, {"records_per_second", or_null(setting.records_per_second)}};
}

json::object error_limit_json(const job::ErrorLimit& limit) {
  return {{"record", or_null(limit.record)}, {"percentage", or_null(limit.percentage)}};
}

}  // namespace

json::object plan_json(const OpenJob& job, const Explanation& plan) {
  json::array processors;
  for (std::size_t i = 0; i < job.processors.size(); ++i)
    processors.push_back(step_json(job.step_services[i + 1]->step(), job.processors[i].plugin()));
  json::object notes;
  for (const auto& [key, value] : plan.notes) notes[key] = value;
  json::array warnings(plan.warnings.begin(), plan.warnings.end());
  const auto& offer = job.target.offer;
  const auto& setting = job.job->setting;
  return {{"reader", step_json(job.job->reader, job.reader->plugin())},
          {"processors", std::move(processors)},
          {"writer", step_json(job.job->writer, job.writer->plugin())},
          {"records", estimate(plan.records)},
          {"bytes", estimate(plan.bytes)},
          {"lanes", plan.lanes.lanes},
          {"lanes_asked", setting.concurrent},
          {"lanes_reason", plan.lanes.reason},
          {"writer_tasks", offer.max_tasks == 0 ? json::value(nullptr) : json::value(offer.max_tasks)},
          {"throttle", throttle_json(setting)},
          {"expected_memory_bytes", plan.expected_memory},
          {"memory_limit_bytes", setting.memory},
          {"delivery", offer.exactly_once ? "exactly-once" : "at-least-once"},
          {"delivery_reason", offer.reason},
          {"marks_ddl", offer.ddl},
          {"consistent", plan.consistent},
          {"error_limit", error_limit_json(setting.error_limit)},
          {"target_missing", offer.target_missing},
          {"columns", columns_json(plan)},
          {"prepare", statements_json(plan, "prepare")},
          {"splits", splits_json(plan)},
          {"write", statements_json(plan, "write")},
          {"complete", statements_json(plan, "complete")},
          {"notes", std::move(notes)},
          {"plan_warnings", std::move(warnings)}};
}

}  // namespace sluice::cli
