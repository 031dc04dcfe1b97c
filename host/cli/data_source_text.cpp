// SPDX-License-Identifier: Apache-2.0
#include "cli/data_source_text.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <chrono>

#include "cli/fact_lines.hpp"
#include "cli/quantity_text.hpp"
#include "cli/table_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

json::object facts(const job::DataSource& source) {
  return {{"name", source.name},
          {"type", source.type},
          {"description", source.description},
          {"file", source.file->path},
          {"profile", source.profile_name.empty() ? json::value(nullptr) : json::value(source.profile_name)},
          {"profiles", json::value_from(source.profiles)}};
}

std::string value_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

Style outcome_style(const std::string& outcome) {
  return outcome == "ok" ? Style::good : outcome == "failed" ? Style::bad : Style::faint;
}

std::string heading(const job::DataSource& source, const Device& device) {
  const std::string profile = source.profile_name.empty() ? "" : ", profile " + source.profile_name;
  return paint(device, Style::bold, source.name) + "  " + source.type + profile + "  " + source.file->path + "\n";
}

}  // namespace

std::string list_text(const std::vector<job::DataSource>& sources, const job::DataSources& all, const Device& device) {
  std::string text;
  if (sources.empty()) {
    text = "There are no data sources. Looked into:\n";
    for (const std::string& line : all.searched()) text += "  " + line + '\n';
    return text;
  }
  std::vector<Row> rows{{"Name", "Type", "Profiles", "File", "Description"}};
  for (const job::DataSource& source : sources)
    rows.push_back({source.name, source.type, joined(source.profiles), source.file->path, source.description});
  return table_text(rows, device.width);
}

std::string list_json(const std::vector<job::DataSource>& sources) {
  json::array array;
  for (const job::DataSource& source : sources) array.push_back(facts(source));
  return json::serialize(array) + '\n';
}

std::string source_text(const NamedSource& found, const Device& device) {
  std::string text = heading(found.source, device);
  if (!found.source.description.empty()) text += found.source.description + '\n';
  if (!found.source.profiles.empty()) text += "Profiles: " + joined(found.source.profiles) + '\n';
  if (found.plugin == nullptr) return text;
  std::vector<Row> rows{{"Field", "Value"}};
  for (const auto& member : found.shown()) rows.push_back({std::string(member.key()), value_text(member.value())});
  return text + '\n' + table_text(rows, device.width);
}

std::string source_json(const NamedSource& found) {
  json::object object = facts(found.source);
  if (found.plugin != nullptr) object["connection"] = found.shown();
  return json::serialize(object) + '\n';
}

std::string ping_text(const NamedSource& found, const plugin::Ping& ping, const Device& device) {
  std::string text = heading(found.source, device);
  std::size_t longest = 0;
  for (const plugin::PingStep& step : ping.steps) longest = std::max(longest, step.step.size());
  for (const plugin::PingStep& step : ping.steps) {
    std::string name = step.step, outcome = step.outcome, time = duration_text(seconds(step.elapsed));
    name.resize(longest + 2, ' ');
    outcome.resize(std::max<std::size_t>(outcome.size(), 9), ' ');
    time.resize(std::max<std::size_t>(time.size(), 8), ' ');
    text += "  " + name + paint(device, outcome_style(step.outcome), outcome) + time + step.detail + '\n';
  }
  const bool told = std::any_of(ping.steps.begin(), ping.steps.end(),
                                [](const plugin::PingStep& step) { return step.outcome == "failed"; });
  if (!ping.outcome && !told)
    text += paint(device, Style::bad, "It does not work: ") + ping.outcome.error().text() + '\n';
  return text;
}

std::string ping_json(const NamedSource& found, const plugin::Ping& ping, int exit_code) {
  json::object object = facts(found.source);
  json::array steps;
  for (const plugin::PingStep& step : ping.steps)
    steps.push_back(json::object{{"step", step.step},
                                 {"outcome", step.outcome},
                                 {"elapsed_ms", seconds(step.elapsed) * 1000},
                                 {"detail", step.detail}});
  object["ok"] = exit_code == engine::exit_code::done;
  object["exit_code"] = exit_code;
  object["steps"] = std::move(steps);
  object["error"] = ping.outcome ? json::value(nullptr) : json::value(ping.outcome.error().text());
  return json::serialize(object) + '\n';
}

}  // namespace sluice::cli
