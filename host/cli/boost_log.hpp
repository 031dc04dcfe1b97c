// SPDX-License-Identifier: Apache-2.0
//
// engine::Log on Boost.Log: to the error stream (above the live line) or to a file, as text or JSON lines.
#pragma once

#include <boost/system/result.hpp>
#include <memory>
#include <string>

#include "cli/console.hpp"
#include "cli/trouble.hpp"
#include "engine/log.hpp"

namespace sluice::cli {

enum class LogFormat { text, json };

struct LogSettings {
  engine::LogLevel level = engine::LogLevel::warning;
  LogFormat format = LogFormat::text;
  std::string file;  // appended to; empty: the error stream
};

// One at a time. The error says what, why and the way out.
boost::system::result<std::unique_ptr<engine::Log>, Trouble> make_log(const LogSettings&, Console&);

// One line of the log, without its end.
std::string log_line(LogFormat format, std::string_view time, engine::LogLevel level, std::string_view source,
                     std::string_view text);

std::string_view to_string(engine::LogLevel);

}  // namespace sluice::cli
