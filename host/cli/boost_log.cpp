// SPDX-License-Identifier: Apache-2.0
#include "cli/boost_log.hpp"

#include <boost/log/attributes/attribute_value_set.hpp>
#include <boost/log/core.hpp>
#include <boost/log/expressions.hpp>
#include <boost/log/sinks/basic_sink_backend.hpp>
#include <boost/log/sinks/sync_frontend.hpp>
#include <boost/log/sinks/text_ostream_backend.hpp>
#include <boost/log/sources/record_ostream.hpp>
#include <boost/log/sources/severity_channel_logger.hpp>
#include <boost/smart_ptr/make_shared.hpp>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace logging = boost::log;
namespace sinks = boost::log::sinks;
using engine::LogLevel;

using Logger = logging::sources::severity_channel_logger_mt<LogLevel, std::string>;

std::string formatted(LogFormat format, const logging::record_view& record) {
  auto level = logging::extract<LogLevel>("Severity", record);
  auto source = logging::extract<std::string>("Channel", record);
  auto text = logging::extract<std::string>("Message", record);
  return log_line(format, engine::utc_text(std::chrono::system_clock::now()), level ? level.get() : LogLevel::info,
                  source ? std::string_view(source.get()) : "", text ? std::string_view(text.get()) : "");
}

// Lines go above the console's live line.
class ConsoleBackend : public sinks::basic_formatted_sink_backend<char, sinks::synchronized_feeding> {
 public:
  explicit ConsoleBackend(Console& console) : console_(console) {}
  void consume(const logging::record_view&, const std::string& line) { console_.tell(line); }

 private:
  Console& console_;
};

template <class Backend>
boost::shared_ptr<sinks::sink> sink_on(boost::shared_ptr<Backend> backend, LogFormat format) {
  auto sink = boost::make_shared<sinks::synchronous_sink<Backend>>(std::move(backend));
  sink->set_formatter([format](const logging::record_view& record, logging::formatting_ostream& out) {
    out << formatted(format, record);
  });
  return sink;
}

boost::shared_ptr<sinks::sink> file_sink(boost::shared_ptr<std::ofstream> file, LogFormat format) {
  auto backend = boost::make_shared<sinks::text_ostream_backend>();
  backend->add_stream(std::move(file));
  backend->auto_flush(true);
  return sink_on(std::move(backend), format);
}

class BoostLog : public engine::Log {
 public:
  BoostLog(LogLevel level, boost::shared_ptr<sinks::sink> sink) : level_(level), sink_(std::move(sink)) {
    logging::core::get()->add_sink(sink_);
  }
  ~BoostLog() override { logging::core::get()->remove_sink(sink_); }

  void write(LogLevel level, std::string_view source, std::string_view text) override {
    if (level < level_) return;
    Logger logger(logging::keywords::channel = std::string(source));
    BOOST_LOG_SEV(logger, level) << text;
  }

 private:
  LogLevel level_;
  boost::shared_ptr<sinks::sink> sink_;
};

}  // namespace

boost::system::result<std::unique_ptr<engine::Log>, Trouble> make_log(const LogSettings& settings, Console& console) {
  if (settings.file.empty()) {
    auto sink = sink_on(boost::make_shared<ConsoleBackend>(console), settings.format);
    return std::unique_ptr<engine::Log>(std::make_unique<BoostLog>(settings.level, std::move(sink)));
  }
  errno = 0;
  auto file = boost::make_shared<std::ofstream>(settings.file, std::ios::app);
  if (!file->is_open()) {
    return Trouble("the log file cannot be opened: " + settings.file + ": " + std::generic_category().message(errno) +
                   " (name another one by --log-file)");
  }
  auto sink = file_sink(std::move(file), settings.format);
  return std::unique_ptr<engine::Log>(std::make_unique<BoostLog>(settings.level, std::move(sink)));
}

}  // namespace sluice::cli
