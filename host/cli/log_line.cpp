// SPDX-License-Identifier: Apache-2.0
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "cli/boost_log.hpp"

namespace sluice::cli {
namespace {

// A text of several lines stays one line of the log.
std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

}  // namespace

std::string_view to_string(engine::LogLevel level) {
  switch (level) {
    case engine::LogLevel::trace:
      return "trace";
    case engine::LogLevel::debug:
      return "debug";
    case engine::LogLevel::info:
      return "info";
    case engine::LogLevel::warning:
      return "warning";
    case engine::LogLevel::error:
      return "error";
  }
  return "error";
}

std::string log_line(LogFormat format, std::string_view time, engine::LogLevel level, std::string_view source,
                     std::string_view text) {
  if (format == LogFormat::json) {
    return boost::json::serialize(
        boost::json::object{{"time", time}, {"level", to_string(level)}, {"source", source}, {"text", text}});
  }
  std::string line(time);
  line.append(" ").append(to_string(level)).append(" ").append(source).append(": ");
  return line + one_line(text);
}

}  // namespace sluice::cli
