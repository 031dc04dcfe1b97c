// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <chrono>
#include <cstdint>
#include <string_view>

#include "plugin/failure.hpp"

namespace sluice::plugin {

enum class LogLevel { trace, debug, info, warning, error };

// A plugin's words about the job. Texts are valid UTF-8 and live for the call.
struct StepProblem {
  bool warning = false;
  std::string_view path;  // inside `parameter`
  std::string_view message;
  std::string_view advice;
};

// One refused record. Texts are valid UTF-8 and live for the call, but for `raw`: the source's bytes as they stand.
struct Rejection {
  std::int64_t batch = -1;  // -1: text that never became a record
  std::int64_t row = -1;
  std::int32_t column = -1;
  std::string_view code;
  std::string_view message;
  std::string_view sqlstate;
  std::string_view raw;
  std::string_view location;
};

struct BatchTarget {
  std::uint64_t records = 8192;
  std::uint64_t bytes = 1 << 20;
};

// What the host does for one plugin instance or one task. The engine derives from it; a Context makes it callable
// for a plugin. Every function may be called from any thread, also from several at once, and must not throw.
//
// The defaults are those of an instance outside a run: nothing stops, memory is not limited, counts go nowhere.
class Services {
 public:
  virtual ~Services() = default;

  virtual void log(LogLevel level, std::string_view text) = 0;
  virtual void problem(const StepProblem&) = 0;

  virtual bool is_cancelled() { return false; }
  // Sleeps; true when the job is stopping, at once.
  virtual bool wait(std::chrono::milliseconds);

  virtual void reject(const Rejection&) {}
  virtual void filtered(std::uint64_t) {}
  virtual void added(std::uint64_t) {}
  virtual void skipped(std::uint64_t) {}

  virtual void note(std::string_view /*key*/, std::string_view /*value*/) {}
  virtual void metric(std::string_view /*name*/, std::int64_t /*delta*/) {}

  // Waits for room in the job's memory.
  virtual Result<void> reserve(std::uint64_t /*bytes*/) { return {}; }
  virtual void unreserve(std::uint64_t /*bytes*/) {}

  virtual BatchTarget batch_target() { return {}; }
  virtual const void* extension(const char* /*id*/) { return nullptr; }
};

}  // namespace sluice::plugin
