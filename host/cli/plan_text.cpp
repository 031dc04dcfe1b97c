// SPDX-License-Identifier: Apache-2.0
#include "cli/plan_text.hpp"

#include <algorithm>
#include <vector>

#include "cli/fact_lines.hpp"
#include "cli/quantity_text.hpp"
#include "cli/table_text.hpp"

namespace sluice::cli {
namespace {

using engine::ColumnMapping;
using engine::ExplainedSplit;
using engine::Explanation;
using engine::OpenJob;

std::string estimate_text(std::int64_t records, std::int64_t bytes) {
  std::string text =
      records < 0 ? "records unknown" : "about " + count_text(static_cast<std::uint64_t>(records), "record");
  if (bytes >= 0) text += ", " + bytes_text(static_cast<std::uint64_t>(bytes));
  return text;
}

std::string step_text(const job::Step& step, const plugin::Plugin& plugin) {
  return step.name + " (" + plugin.name + " " + plugin.version + ")";
}

std::string lanes_text(const OpenJob& job, const Explanation& plan) {
  std::string text = std::to_string(plan.lanes.lanes);
  if (!plan.lanes.reason.empty())
    text += " of " + std::to_string(job.job->setting.concurrent) + " asked: " + plan.lanes.reason;
  const std::uint32_t most = job.target.offer.max_tasks;
  if (most > 0 && most < plan.lanes.lanes)
    text +=
        (plan.lanes.reason.empty() ? ": " : "; ") + ("the writer takes " + count_text(most, "split") + " at a time");
  return text;
}

std::string throttle_text(const OpenJob& job, const Explanation& plan) {
  const auto& setting = job.job->setting;
  std::string text;
  double least_seconds = 0;
  if (setting.mbps) {
    const double per_second = *setting.mbps * (1 << 20);
    text = speed_text(per_second);
    if (plan.bytes > 0) least_seconds = static_cast<double>(plan.bytes) / per_second;
  }
  if (setting.records_per_second) {
    text += (text.empty() ? "" : ", ") + count_text(*setting.records_per_second) + " records/s";
    if (plan.records > 0)
      least_seconds =
          std::max(least_seconds, static_cast<double>(plan.records) / static_cast<double>(*setting.records_per_second));
  }
  if (text.empty()) return "none";
  return least_seconds > 0 ? text + ": " + duration_text(least_seconds) + " at least" : text;
}

std::string limit_text(const job::ErrorLimit& limit) {
  std::string text = limit.record ? "more than " + count_text(*limit.record, "dirty record") + " end the run"
                                  : "any number of dirty records";
  if (limit.record && *limit.record == 0) text = "the first dirty record ends the run";
  if (limit.percentage) {
    const auto hundredths = static_cast<std::uint64_t>(*limit.percentage * 10'000 + 0.5);
    const auto rest = hundredths % 100;
    text += "; no more than " + std::to_string(hundredths / 100);
    if (rest > 0) text += (rest < 10 ? ".0" : ".") + std::to_string(rest);
    text += " % of what is read";
  }
  return text;
}

std::string facts_text(const OpenJob& job, const Explanation& plan, const Device& device) {
  FactLines lines(device);
  lines.add("reader", step_text(job.job->reader, job.reader->plugin()));
  for (std::size_t i = 0; i < job.processors.size(); ++i)
    lines.add("processor", step_text(job.step_services[i + 1]->step(), job.processors[i].plugin()));
  lines.add("writer", step_text(job.job->writer, job.writer->plugin()));
  lines.add("splits", count_text(plan.splits.size()) + ", " + estimate_text(plan.records, plan.bytes));
  lines.add("lanes", lanes_text(job, plan));
  lines.add("throttle", throttle_text(job, plan));
  lines.add("memory", "about " + bytes_text(plan.expected_memory) +
                          " for records when one side waits, never more than " + bytes_text(job.job->setting.memory) +
                          " (setting.memory)");
  const auto& offer = job.target.offer;
  const std::string promise = offer.exactly_once ? "exactly-once" : "at-least-once";
  lines.add("delivery", offer.reason.empty() ? promise : promise + " (" + offer.reason + ")");
  if (!plan.consistent.empty()) lines.add("consistent", plan.consistent);
  lines.add("error limit", limit_text(job.job->setting.error_limit));
  for (const auto& [key, value] : plan.notes) lines.add("note", key + ": " + value);
  for (const std::string& warning : plan.warnings) lines.add("warning", warning, Style::warning);
  return lines.take();
}

std::string heading(const Device& device, const std::string& text) {
  return '\n' + paint(device, Style::bold, text) + '\n';
}

// Every line of it indented.
std::string block(std::string_view text, std::size_t indent) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += std::string(indent, ' ').append(text.substr(0, end)) + '\n';
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

std::string type_text(const ColumnMapping::Side& side) {
  std::string text = side.native.empty() ? side.type : side.native;
  if (side.length && text.find('(') == std::string::npos) text += "(" + std::to_string(*side.length) + ")";
  return side.nullable ? text : text + " not null";
}

// "may be dirty: the value is outside the range; ..."
std::string risk_text(const ColumnMapping& column) {
  if (column.risks.empty()) return "exact";
  std::string text = "checked:";
  for (const record::Fault risk : column.risks)
    text += (risk == column.risks.front() ? " " : "; ") + std::string(record::text_of(risk));
  return text;
}

std::string moves_as(const ColumnMapping& column) {
  if (column.source.type == column.target.type) return column.source.type;
  return column.source.type + " -> " + column.target.type;
}

std::string columns_text(const OpenJob& job, const Explanation& plan, const Device& device) {
  if (!job.cast)
    return heading(device, "Columns") +
           "  the target is not there yet: what fits is told when preSql has created it, before the first record\n";
  std::vector<Row> rows{{"#", "source", "type", "moves as", "target", "type", "values"}};
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    const ColumnMapping& column = plan.columns[i];
    rows.push_back({std::to_string(i + 1), column.source.name, type_text(column.source), moves_as(column),
                    column.target.name, type_text(column.target), risk_text(column)});
  }
  return heading(device, "Columns") + table_text(rows, device.terminal ? device.width : 0);
}

std::string shortened_text(const Explanation& plan, const Device& device) {
  std::string text;
  for (const ColumnMapping& column : plan.columns) {
    if (!column.is_shortened()) continue;
    text += "  " + column.source.name + ": up to " + std::to_string(*column.source.length) + ", and " +
            column.target.name + " takes " + std::to_string(*column.target.length) + '\n';
  }
  if (text.empty()) return "";
  return heading(device, "Longer than the target's column (nothing is cut: such a record is dirty)") + text;
}

std::string statements_text(const Explanation& plan, std::string_view phase, const std::string& title,
                            const Device& device) {
  std::string text;
  for (const auto& statement : plan.writing)
    if (statement.what == phase) text += block(statement.text, 2);
  return text.empty() ? text : heading(device, title) + text;
}

std::string split_text(const ExplainedSplit& part, const Device& device) {
  const plugin::Split& split = part.split;
  std::string text =
      "  " + (split.label.empty() ? split.key : split.label) + ": " + estimate_text(split.records, split.bytes);
  if (!split.stable) text += ", not stable (a run that stops begins again)";
  text = paint(device, Style::faint, text) + '\n';
  for (const auto& statement : part.statements)
    if (statement.text != split.label) text += block(statement.text, 4);
  return text;
}

std::string marks_text(const OpenJob& job, const Device& device) {
  const auto& offer = job.target.offer;
  if (offer.ddl.empty() || offer.exactly_once) return "";
  return heading(device, "What setting.delivery exactly-once would create in the target") + block(offer.ddl, 2);
}

}  // namespace

std::string plan_text(const OpenJob& job, const Explanation& plan, const Device& device) {
  std::string text = facts_text(job, plan, device);
  text += columns_text(job, plan, device) + shortened_text(plan, device);
  text += statements_text(plan, "prepare", "Before the first record", device);
  text += heading(device, "Read, split by split");
  for (const ExplainedSplit& split : plan.splits) text += split_text(split, device);
  text += statements_text(plan, "write", "Write, for each split", device);
  text += statements_text(plan, "complete", "After the last commit", device);
  return text + marks_text(job, device);
}

}  // namespace sluice::cli
