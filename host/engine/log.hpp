// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "plugin/services.hpp"

namespace sluice::engine {

using plugin::LogLevel;

// Where the engine and the plugins write log lines. The engine knows no logging library: Boost.Log is behind this in
// the command line program. Any thread.
class Log {
 public:
  virtual ~Log() = default;
  // `source`: who speaks ("engine", or the name of a step). No record values above `debug`.
  virtual void write(LogLevel level, std::string_view source, std::string_view text) = 0;
};

}  // namespace sluice::engine
