// SPDX-License-Identifier: Apache-2.0
#include "called.hpp"

#include <stdlib.h>

#include <fstream>
#include <sstream>

#include "plugin/load.hpp"

namespace sluice::plugin {

ProbeSettings probe_settings() { return {.program = PROBE_PROGRAM, .limit = std::chrono::seconds(60)}; }

std::filesystem::path hostile(std::string_view name) { return hostile_directory / (std::string(name) + ".so"); }

const Plugin& fault(Kind kind) {
  for (const Plugin& plugin : load(good_directory / "fault.so").value())
    if (plugin.kind == kind) return plugin;
  throw std::logic_error("fault.so lacks a " + std::string(to_string(kind)));
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sluice-plugin-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

TemporaryDirectory::~TemporaryDirectory() { std::filesystem::remove_all(path_); }

std::string contents(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void Heard::add(std::string line) {
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::move(line));
}

std::vector<std::string> Heard::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

void Heard::log(LogLevel level, std::string_view text) {
  add("log " + std::to_string(static_cast<int>(level)) + " " + std::string(text));
}

void Heard::problem(const StepProblem& problem) {
  add((problem.warning ? "warning " : "error ") + std::string(problem.path) + "|" + std::string(problem.message) + "|" +
      std::string(problem.advice));
}

void Heard::reject(const Rejection& record) {
  std::ostringstream line;
  line << "reject " << record.batch << " " << record.row << " " << record.column << " " << record.code << "|"
       << record.message << "|" << record.sqlstate << "|" << record.raw << "|" << record.location;
  add(line.str());
}

void Heard::note(std::string_view key, std::string_view value) {
  add("note " + std::string(key) + "=" + std::string(value));
}

void Heard::metric(std::string_view name, std::int64_t delta) {
  add("metric " + std::string(name) + " " + std::to_string(delta));
}

Result<void> Heard::reserve(std::uint64_t bytes) {
  add("reserve " + std::to_string(bytes));
  if (!full) return {};
  Failure failure;
  failure.code = SLUICE_CANCELLED;
  failure.message = "the job is stopping";
  return failure;
}

Called::Called(boost::json::object parameters, Identity identity)
    : context(heard, std::move(identity), std::make_shared<const Parameters>(std::move(parameters))) {}

}  // namespace sluice::plugin
