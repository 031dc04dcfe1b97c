// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "cli/boost_log.hpp"
#include "scratch.hpp"

using namespace sluice::cli;
using sluice::engine::LogLevel;

BOOST_FIXTURE_TEST_SUITE(boost_log_test, Scratch)

BOOST_AUTO_TEST_CASE(a_line_stays_a_line) {
  BOOST_TEST(log_line(LogFormat::text, "T", LogLevel::warning, "Writer", "slow\nserver") ==
             "T warning Writer: slow server");
  BOOST_TEST(log_line(LogFormat::json, "T", LogLevel::error, "engine", "a \"b\"\n") ==
             R"({"time":"T","level":"error","source":"engine","text":"a \"b\"\n"})");
}

BOOST_AUTO_TEST_CASE(writes_from_its_level_on_to_the_error_stream) {
  std::ostringstream out, err;
  Console console({&out}, {&err});
  auto log = *make_log({.level = LogLevel::warning}, console);
  log->write(LogLevel::info, "engine", "quiet");
  log->write(LogLevel::warning, "engine", "loud");
  BOOST_TEST(err.str().ends_with("Z warning engine: loud\n"));
  BOOST_TEST(err.str().find("quiet") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(appends_to_a_file_and_keeps_the_error_stream_free) {
  std::ostringstream out, err;
  Console console({&out}, {&err});
  write(path / "log", "before\n");
  {
    auto log = *make_log({.level = LogLevel::trace, .format = LogFormat::json, .file = path / "log"}, console);
    log->write(LogLevel::trace, "engine", "fine");
    BOOST_TEST(read(path / "log").ends_with("\"level\":\"trace\",\"source\":\"engine\",\"text\":\"fine\"}\n"));
  }
  BOOST_TEST(read(path / "log").starts_with("before\n"));
  BOOST_TEST(err.str().empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_is_named) {
  std::ostringstream out, err;
  Console console({&out}, {&err});
  auto log = make_log({.file = "/nowhere/log"}, console);
  BOOST_TEST(log.error().text ==
             "the log file cannot be opened: /nowhere/log: No such file or directory (name another one by --log-file)");
}

BOOST_AUTO_TEST_SUITE_END()
