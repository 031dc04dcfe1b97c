// SPDX-License-Identifier: Apache-2.0
#include "cli/stored_run_text.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <filesystem>

#include "cli/fact_lines.hpp"
#include "cli/quantity_text.hpp"
#include "cli/table_text.hpp"
#include "job/scheduling.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;
using engine::SplitHistory;
using engine::StoredRun;

std::string job_name(const StoredRun& run) {
  return run.identity.job == "-" ? "<stdin>" : std::filesystem::path(run.identity.job).filename().string();
}

std::string started_text(const StoredRun& run) {
  std::string text = engine::utc_text(run.identity.started);
  text.replace(text.find('.'), std::string::npos, "Z");
  return text;
}

Style style_of(const std::string& status) {
  if (status == "succeeded") return Style::good;
  return status == "running" || status == "stopped" || status == "interrupted" ? Style::warning : Style::bad;
}

const SplitHistory* history_of(const StoredRun& run, const plugin::Split& split) {
  const auto found = run.history.splits.find(split.key);
  return found == run.history.splits.end() ? nullptr : &found->second;
}

std::string state_of(const SplitHistory* split) {
  if (split == nullptr || split->state == SplitHistory::State::open) return "open";
  return split->state == SplitHistory::State::committed ? "committed" : "in doubt";
}

json::object split_json(const StoredRun& run, const plugin::Split& split) {
  const SplitHistory* history = history_of(run, split);
  json::object object{{"key", split.key},
                      {"label", split.label},
                      {"state", state_of(history)},
                      {"attempt", history == nullptr ? 0 : history->attempt},
                      {"stable", split.stable},
                      {"fingerprint", split.fingerprint},
                      {"estimated_records", split.records},
                      {"estimated_bytes", split.bytes}};
  const bool done = run.history.is_committed(split.key);
  object["counters"] = done ? json::value(engine::to_json(history->counters)) : json::value(nullptr);
  return object;
}

std::string text_at(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// Of the values that a summary lists under this key, those that `add` can use.
template <class Function>
void each(const json::object& summary, const char* key, Function add) {
  const auto* list = summary.if_contains(key);
  if (list == nullptr || !list->is_array()) return;
  for (const auto& value : list->get_array()) add(value);
}

void add_summary(FactLines& lines, const json::object& summary) {
  if (std::string delivery = text_at(summary, "delivery"); !delivery.empty()) lines.add("delivery", delivery);
  if (std::string consistent = text_at(summary, "consistent"); !consistent.empty()) lines.add("consistent", consistent);
  if (const auto* notes = summary.if_contains("notes"); notes != nullptr && notes->is_object())
    for (const auto& [key, value] : notes->get_object())
      if (value.is_string()) lines.add("note", std::string(key) + ": " + std::string(value.get_string()));
  each(summary, "warnings", [&](const json::value& warning) {
    if (warning.is_string()) lines.add("warning", std::string_view(warning.get_string()), Style::warning);
  });
  if (const auto* error = summary.if_contains("error"); error != nullptr && error->is_object())
    lines.add("error", text_at(error->get_object(), "message"), Style::bad);
}

void add_plan(FactLines& lines, const StoredRun& run) {
  if (!run.plan) {
    lines.add("plan", "not made yet");
    return;
  }
  lines.add("plan", count_text(run.plan->splits.size(), "split") + " for " + count_text(run.plan->lanes, "lane"));
  const std::string of = " of " + count_text(run.plan->splits.size());
  lines.add("splits", count_text(run.history.splits_done()) + of + " committed");
  const auto& history = run.history;
  const char* phase = history.completed    ? "completed"
                      : history.completing ? "completing"
                      : history.prepared   ? "prepared"
                      : history.preparing  ? "preparing"
                                           : "planned";
  lines.add("phase", phase);
}

std::string splits_table(const StoredRun& run, std::size_t most) {
  std::vector<const plugin::Split*> splits;
  for (const auto& split : run.plan->splits) splits.push_back(&split);
  std::stable_partition(splits.begin(), splits.end(), [&](auto* s) { return !run.history.is_committed(s->key); });
  std::vector<Row> rows{{"STATE", "ATTEMPT", "READ", "WRITTEN", "DIRTY", "SPLIT"}};
  for (std::size_t i = 0; i < std::min(most, splits.size()); ++i) {
    const SplitHistory* history = history_of(run, *splits[i]);
    const bool done = run.history.is_committed(splits[i]->key);
    const auto sum = [&](std::uint64_t count) { return done ? count_text(count) : std::string("-"); };
    const engine::Counters counters = done ? history->counters : engine::Counters();
    rows.push_back({state_of(history), history == nullptr ? "-" : std::to_string(history->attempt), sum(counters.read),
                    sum(counters.written), sum(counters.dirty), splits[i]->label});
  }
  std::string text = table_text(rows);
  if (splits.size() > most) text += "  and " + count_text(splits.size() - most) + " more (--all shows them)\n";
  return text;
}

}  // namespace

std::string runs_text(const std::vector<StoredRun>& runs) {
  std::vector<Row> rows{{"RUN", "JOB", "STATUS", "STARTED", "ELAPSED", "RECORDS", "DIRTY"}};
  for (const StoredRun& run : runs) {
    const engine::Counters counters = run.counters();
    rows.push_back({run.identity.run, job_name(run), run.status(), started_text(run),
                    duration_text(run.elapsed_seconds()), count_text(counters.written), count_text(counters.dirty)});
  }
  return table_text(rows);
}

json::object run_json(const StoredRun& run) {
  json::object object{{"run", run.identity.run},
                      {"job", run.identity.job},
                      {"status", run.status()},
                      {"started", engine::utc_text(run.identity.started)},
                      {"elapsed_seconds", run.elapsed_seconds()}};
  for (const auto& [key, value] : engine::to_json(run.counters())) object[key] = value;
  object["splits"] = run.plan ? json::value(run.plan->splits.size()) : json::value(nullptr);
  object["splits_done"] = run.history.splits_done();
  object["directory"] = run.directory.string();
  return object;
}

namespace {

void add_parameters(FactLines& lines, const engine::RunIdentity& id) {
  const auto first = job::first_values_of(id.scheduling);
  if (!first) return;
  lines.add("planned", *evaluate("$[yyyy-mm-dd]T$[hh24:mi:ss]", first->time) + ", business date " +
                           *evaluate("${yyyymmdd}", first->time));
  for (const job::SchedulingParameter& parameter : first->parameters)
    lines.add("parameter", parameter.name + "=" + parameter.value);
}

}  // namespace

std::string run_text(const StoredRun& run, std::size_t splits, const Device& device) {
  FactLines lines(device);
  const engine::RunIdentity& id = run.identity;
  const engine::Counters counters = run.counters();
  lines.add("run", id.run);
  lines.add("job", id.job);
  lines.add("status", run.status(), style_of(run.status()));
  lines.add("started", engine::utc_text(id.started));
  lines.add("elapsed", duration_text(run.elapsed_seconds()));
  add_parameters(lines, id);
  lines.add("reader", id.reader + " " + id.reader_version);
  lines.add("writer", id.writer + " " + id.writer_version);
  add_plan(lines, run);
  lines.add("read", count_text(counters.read));
  lines.add("written", count_text(counters.written));
  if (counters.skipped > 0) lines.add("skipped", count_text(counters.skipped));
  if (counters.filtered > 0) lines.add("filtered", count_text(counters.filtered));
  lines.add("dirty", count_text(counters.dirty), counters.dirty > 0 ? Style::warning : Style::plain);
  if (counters.dirty > 0) lines.add("", "shown by: sluice dirty " + id.run);
  if (run.summary) add_summary(lines, *run.summary);
  lines.add("directory", run.directory.string());
  return lines.take() + (run.plan && !run.plan->splits.empty() ? "\n" + splits_table(run, splits) : "");
}

json::object whole_run_json(const StoredRun& run) {
  json::object object = run_json(run);
  const engine::RunIdentity& id = run.identity;
  object["reader"] = json::object{{"name", id.reader}, {"version", id.reader_version}};
  object["writer"] = json::object{{"name", id.writer}, {"version", id.writer_version}};
  object["scheduling"] = id.scheduling;
  const auto& history = run.history;
  object["phases"] = json::object{{"preparing", history.preparing},
                                  {"prepared", history.prepared},
                                  {"completing", history.completing},
                                  {"completed", history.completed}};
  object["plan"] = nullptr;
  if (run.plan) {
    json::array splits;
    for (const auto& split : run.plan->splits) splits.push_back(split_json(run, split));
    object["plan"] = json::object{{"lanes", run.plan->lanes}, {"splits", splits}};
  }
  object["summary"] = run.summary ? json::value(*run.summary) : json::value(nullptr);
  return object;
}

}  // namespace sluice::cli
