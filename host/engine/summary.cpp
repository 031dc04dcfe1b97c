// SPDX-License-Identifier: Apache-2.0
#include "engine/summary.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <cstdio>
#include <ctime>

#include "engine/fixed_text.hpp"

namespace sluice::engine {
namespace {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::object notes_json(const Summary& summary) {
  boost::json::object notes;
  for (const auto& [key, value] : summary.notes) notes[key] = value;
  return notes;
}

boost::json::array warnings_json(const Summary& summary) {
  boost::json::array warnings;
  for (const std::string& warning : summary.warnings) warnings.emplace_back(warning);
  return warnings;
}

boost::json::array dirty_kinds_json(const Summary& summary) {
  boost::json::array kinds;
  for (const DirtyKind& kind : summary.dirty_kinds) {
    kinds.push_back(boost::json::object{{"count", kind.count},
                                        {"step", kind.step},
                                        {"column", text_or_null(kind.column)},
                                        {"code", kind.code},
                                        {"message", fixed_text(kind.message)},
                                        {"location", text_or_null(kind.location)}});
  }
  return kinds;
}

boost::json::value error_json(const Summary& summary) {
  if (!summary.error) return nullptr;
  return boost::json::object{{"message", summary.error->message}, {"split", text_or_null(summary.error->split)}};
}

}  // namespace

std::string_view to_string(RunStatus status) {
  switch (status) {
    case RunStatus::succeeded:
      return "succeeded";
    case RunStatus::failed:
      return "failed";
    case RunStatus::failed_for_now:
      return "failed-for-now";
    case RunStatus::limit_exceeded:
      return "limit-exceeded";
    case RunStatus::stopped:
      return "stopped";
  }
  return "failed";
}

int exit_code_of(RunStatus status, int signal) {
  switch (status) {
    case RunStatus::succeeded:
      return exit_code::done;
    case RunStatus::failed:
      return exit_code::failed;
    case RunStatus::failed_for_now:
      return exit_code::failed_for_now;
    case RunStatus::limit_exceeded:
      return exit_code::limit_exceeded;
    case RunStatus::stopped:
      return 128 + signal;
  }
  return exit_code::failed;
}

std::string utc_text(std::chrono::system_clock::time_point time) {
  auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
  std::time_t whole = seconds.count();
  std::tm parts{};
  gmtime_r(&whole, &parts);
  std::array<char, 40> text{};
  std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text.data() + size, text.size() - size, ".%03dZ", static_cast<int>((milliseconds - seconds).count()));
  return text.data();
}

boost::json::object to_json(const Summary& summary) {
  const Counters& counters = summary.counters;
  return {{"run", summary.run},
          {"job", summary.job},
          {"status", to_string(summary.status)},
          {"exit_code", summary.exit_code},
          {"started", utc_text(summary.started)},
          {"finished", utc_text(summary.finished)},
          {"elapsed_seconds", summary.elapsed_seconds},
          {"lanes", summary.lanes},
          {"lanes_asked", summary.lanes_asked},
          {"lanes_reason", text_or_null(summary.lanes_reason)},
          {"splits", summary.splits},
          {"splits_done", summary.splits_done},
          {"retries", summary.retries},
          {"read", counters.read},
          {"added", counters.added},
          {"written", counters.written},
          {"skipped", counters.skipped},
          {"filtered", counters.filtered},
          {"dirty", counters.dirty},
          {"bytes", counters.bytes},
          {"reader_wait_seconds", summary.reader_wait_seconds},
          {"writer_wait_seconds", summary.writer_wait_seconds},
          {"throttle_wait_seconds", summary.throttle_wait_seconds},
          {"peak_memory_bytes", summary.peak_memory_bytes},
          {"delivery", text_or_null(summary.delivery)},
          {"delivery_reason", text_or_null(summary.delivery_reason)},
          {"consistent", text_or_null(summary.consistent)},
          {"notes", notes_json(summary)},
          {"warnings", warnings_json(summary)},
          {"dirty_kinds", dirty_kinds_json(summary)},
          {"dirty_file", text_or_null(summary.dirty_file)},
          {"error", error_json(summary)}};
}

}  // namespace sluice::engine
