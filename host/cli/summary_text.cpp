// SPDX-License-Identifier: Apache-2.0
#include "cli/summary_text.hpp"

#include <algorithm>

#include "cli/fact_lines.hpp"
#include "cli/quantity_text.hpp"
#include "engine/fixed_text.hpp"

namespace sluice::cli {
namespace {

using engine::DirtyKind;
using engine::RunStatus;
using engine::Summary;

constexpr std::size_t kinds_shown = 5;

Style style_of(RunStatus status) {
  if (status == RunStatus::succeeded) return Style::good;
  return status == RunStatus::stopped ? Style::warning : Style::bad;
}

std::string status_text(const Summary& summary) {
  switch (summary.status) {
    case RunStatus::failed_for_now:
      return "failed for now: a later try may help";
    case RunStatus::limit_exceeded:
      return "error limit exceeded";
    default:
      return std::string(to_string(summary.status));
  }
}

std::string lanes_text(const Summary& summary) {
  std::string text = std::to_string(summary.lanes);
  if (summary.lanes < summary.lanes_asked) text += " of " + std::to_string(summary.lanes_asked) + " asked";
  if (!summary.lanes_reason.empty()) text += ": " + summary.lanes_reason;
  return text;
}

std::string splits_text(const Summary& summary) {
  std::string text = count_text(summary.splits_done);
  if (summary.splits_done < summary.splits) text += " of " + count_text(summary.splits);
  if (summary.retries > 0) text += " (" + count_text(summary.retries) + " tried again)";
  return text;
}

std::string read_text(const Summary& summary) {
  std::string text = count_text(summary.counters.read, "record") + ", " + bytes_text(summary.counters.bytes);
  if (summary.elapsed_seconds <= 0) return text;
  const auto rate = [&](std::uint64_t engine::Counters::*count) {
    const std::uint64_t now = summary.counters.*count - std::min(summary.counters.*count, summary.earlier.*count);
    return static_cast<double>(now) / summary.elapsed_seconds;
  };
  text += ", " + speed_text(rate(&engine::Counters::bytes));
  return text + ", " + count_text(static_cast<std::uint64_t>(rate(&engine::Counters::read))) + " records/s";
}

std::string waited_text(const Summary& summary) {
  std::string text = duration_text(summary.reader_wait_seconds) + " for the reader, " +
                     duration_text(summary.writer_wait_seconds) + " for the writer";
  if (summary.throttle_wait_seconds > 0.01 * summary.elapsed_seconds + 0.01)
    text += ", " + duration_text(summary.throttle_wait_seconds) + " throttled";
  std::string verdict = bottleneck(summary);
  return verdict.empty() ? text : text + " (" + verdict + ")";
}

void add_counters(FactLines& lines, const Summary& summary) {
  const engine::Counters& counters = summary.counters;
  lines.add("read", read_text(summary));
  if (counters.added > 0) lines.add("added", count_text(counters.added));
  lines.add("written", count_text(counters.written));
  lines.add("skipped", count_text(counters.skipped));
  lines.add("filtered", count_text(counters.filtered));
  lines.add("dirty", count_text(counters.dirty), counters.dirty > 0 ? Style::warning : Style::plain);
}

std::string kind_text(const DirtyKind& kind) {
  std::string text = count_text(kind.count) + " x " + kind.code;
  if (!kind.column.empty()) text += " in column " + kind.column;
  text += ": " + engine::fixed_text(kind.message);
  if (!kind.location.empty()) text += " (first: " + kind.location + ")";
  return text;
}

void add_dirty(FactLines& lines, const Summary& summary) {
  std::size_t shown = std::min(kinds_shown, summary.dirty_kinds.size());
  for (std::size_t i = 0; i < shown; ++i) lines.add("", kind_text(summary.dirty_kinds[i]));
  if (std::size_t rest = summary.dirty_kinds.size() - shown; rest > 0) {
    lines.add("", "and " + count_text(rest, "more kind"));
  }
  if (!summary.dirty_file.empty()) lines.add("", "all of them, with their values: " + summary.dirty_file);
}

void add_promises(FactLines& lines, const Summary& summary) {
  if (!summary.delivery.empty()) {
    const std::string& reason = summary.delivery_reason;
    lines.add("delivery", reason.empty() ? summary.delivery : summary.delivery + " (" + reason + ")");
  }
  if (!summary.consistent.empty()) lines.add("consistent", summary.consistent);
  for (const auto& [key, value] : summary.notes) lines.add("note", key + ": " + value);
  for (const std::string& warning : summary.warnings) lines.add("warning", warning, Style::warning);
}

}  // namespace

std::string bottleneck(const Summary& summary) {
  double reader = summary.reader_wait_seconds, writer = summary.writer_wait_seconds;
  double throttle = summary.throttle_wait_seconds;
  double lane_seconds = summary.elapsed_seconds * std::max(1u, summary.lanes);
  bool too_short = summary.elapsed_seconds < 0.5;
  if (too_short || std::max(reader, writer) < 0.05 * lane_seconds) return "";
  if (throttle > 0.5 * reader && throttle > writer) return "the throttle sets the speed";
  if (reader > 2 * writer) return "the reader is the bottleneck";
  if (writer > 2 * reader) return "the writer is the bottleneck";
  return "";
}

std::string summary_text(const Summary& summary, const Device& device) {
  FactLines lines(device);
  lines.add("run", summary.run);
  lines.add("status", status_text(summary), style_of(summary.status));
  lines.add("started", engine::utc_text(summary.started));
  lines.add("finished", engine::utc_text(summary.finished));
  lines.add("elapsed", duration_text(summary.elapsed_seconds));
  lines.add("lanes", lanes_text(summary));
  lines.add("splits", splits_text(summary));
  add_counters(lines, summary);
  add_dirty(lines, summary);
  lines.add("waited", waited_text(summary));
  lines.add("memory", bytes_text(summary.peak_memory_bytes) + " at most");
  add_promises(lines, summary);
  if (summary.error) {
    lines.add("error", summary.error->message, Style::bad);
    if (!summary.error->split.empty()) lines.add("", "in split " + summary.error->split);
  }
  return lines.take();
}

}  // namespace sluice::cli
