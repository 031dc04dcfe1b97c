// SPDX-License-Identifier: Apache-2.0
#include "cli/verdict_text.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include "cli/fact_lines.hpp"
#include "cli/quantity_text.hpp"
#include "engine/fixed_text.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;
using engine::Difference;
using engine::Verdict;

std::string key_value_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::string key_text(const json::object& key) {
  std::string text;
  for (const auto& [name, value] : key)
    text += (text.empty() ? "" : ", ") + std::string(name) + "=" + key_value_text(value);
  return text.empty() ? "a record" : text;
}

std::string list_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string side_text(const engine::SideSums& side) {
  std::string text = count_text(side.compared, "record");
  if (side.counters.filtered > 0) text += ", " + count_text(side.counters.filtered) + " filtered";
  return text;
}

std::string values_text(const json::object& values, const std::vector<std::string>& columns) {
  std::string text;
  for (const auto& [name, value] : values) {
    const bool shown = columns.empty() || std::find(columns.begin(), columns.end(), name) != columns.end();
    if (shown) text += (text.empty() ? "" : ", ") + std::string(name) + "=" + key_value_text(value);
  }
  return text;
}

std::string difference_text(const Difference& difference) {
  std::string text = key_text(difference.key);
  if (!difference.columns.empty()) text += ": " + list_text(difference.columns);
  const bool repeated = difference.in_source > 1 || difference.in_target > 1;
  if (repeated)
    text += " (in the target " + count_text(difference.in_target, "time") + ", in the source " +
            count_text(difference.in_source, "time") + ")";
  if (difference.source) text += "\n    source: " + values_text(*difference.source, difference.columns);
  if (difference.target) text += "\n    target: " + values_text(*difference.target, difference.columns);
  return text;
}

std::string unreadable_text(const engine::Unreadable& record) {
  std::string text = record.location.empty() ? key_text(record.key) : record.location;
  if (!record.column.empty()) text += ": " + record.column;
  return text + ": " + engine::fixed_text(record.message);
}

void add_sums(FactLines& lines, const Verdict& verdict) {
  lines.add("source", side_text(verdict.source));
  for (const auto& kind : verdict.source.dirty_kinds)
    lines.add("dirty",
              count_text(kind.count) + " x " + kind.code + (kind.column.empty() ? "" : " in column " + kind.column) +
                  ": not compared",
              Style::warning);
  if (verdict.refused > 0)
    lines.add("refused", count_text(verdict.refused) + " by the writer in the last run: not missed ('sluice dirty')",
              Style::warning);
  lines.add("target", side_text(verdict.target));
  if (!verdict.others.empty())
    lines.add("others",
              (verdict.complete ? count_text(verdict.others_found) + " in the target alone, which is allowed: "
                                : "allowed in the target: ") +
                  verdict.others);
  lines.add("key", verdict.key.empty()
                       ? "none: whole records are compared (--key COLUMNS names them, --values shows them)"
                       : list_text(verdict.key));
}

void add_findings(FactLines& lines, const Verdict& verdict) {
  const auto& found = verdict.differences;
  const std::string least = verdict.complete ? "" : "at least ";
  const auto add = [&](std::string_view label, std::uint64_t count) {
    lines.add(label, least + count_text(count), count > 0 ? Style::bad : Style::plain);
  };
  add("missing", found.missing);
  add("extra", found.extra);
  add("different", found.different);
  if (found.superseded > 0) lines.add("superseded", count_text(found.superseded) + " by a record of the same key");
  if (verdict.target.counters.dirty > 0)
    lines.add("unreadable", count_text(verdict.target.counters.dirty) + " in the target", Style::bad);
}

}  // namespace

std::string verdict_text(const Verdict& verdict, const Device& device) {
  FactLines lines(device);
  if (verdict.error) {
    lines.add("verdict", "none: " + engine::fixed_text(verdict.error->message), Style::bad);
    return lines.take();
  }
  add_sums(lines, verdict);
  add_findings(lines, verdict);
  lines.add("elapsed", duration_text(verdict.elapsed_seconds));
  lines.add("verdict", verdict.is_equal() ? "equal" : "differs", verdict.is_equal() ? Style::good : Style::bad);
  for (const Difference& difference : verdict.differences.list)
    if (!difference.key.empty() || difference.source || difference.target)
      lines.add(to_string(difference.kind), difference_text(difference));
  for (const auto& record : verdict.unreadable) lines.add("unreadable", unreadable_text(record));
  if (!verdict.complete)
    lines.add("and more", "only the first " + count_text(verdict.differences.list.size()) + " are named (--limit)");
  return lines.take();
}

namespace {

json::value value_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::object difference_json(const engine::SideSums& side) {
  return {{"read", side.counters.read},
          {"compared", side.compared},
          {"dirty", side.counters.dirty},
          {"filtered", side.counters.filtered},
          {"added", side.counters.added}};
}

json::object difference_json(const Difference& difference) {
  json::object object{{"kind", to_string(difference.kind)}, {"key", difference.key},
                      {"records", difference.records},      {"in_source", difference.in_source},
                      {"in_target", difference.in_target},  {"columns", json::value_from(difference.columns)}};
  if (difference.source) object["source"] = *difference.source;
  if (difference.target) object["target"] = *difference.target;
  return object;
}

}  // namespace

json::object verdict_json(const Verdict& verdict) {
  json::array differences, unreadable;
  for (const Difference& difference : verdict.differences.list) differences.push_back(difference_json(difference));
  for (const auto& record : verdict.unreadable)
    unreadable.push_back(json::object{{"key", record.key},
                                      {"column", value_or_null(record.column)},
                                      {"code", record.code},
                                      {"location", value_or_null(record.location)}});
  return {{"job", verdict.job},
          {"verdict", verdict.error        ? "none"
                      : verdict.is_equal() ? "equal"
                                           : "differs"},
          {"exit_code", verdict.exit_code},
          {"error", verdict.error ? json::value(verdict.error->message) : json::value(nullptr)},
          {"key", json::value_from(verdict.key)},
          {"source", difference_json(verdict.source)},
          {"target", difference_json(verdict.target)},
          {"refused", verdict.refused},
          {"missing", verdict.differences.missing},
          {"extra", verdict.differences.extra},
          {"different", verdict.differences.different},
          {"superseded", verdict.differences.superseded},
          {"unreadable", verdict.target.counters.dirty},
          {"others", value_or_null(verdict.others)},
          {"others_found", verdict.others_found},
          {"complete", verdict.complete},
          {"elapsed_seconds", verdict.elapsed_seconds},
          {"differences", differences},
          {"unreadable_records", unreadable}};
}

}  // namespace sluice::cli
