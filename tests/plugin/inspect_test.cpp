// SPDX-License-Identifier: Apache-2.0
#include "plugin/inspect.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "called.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(inspect_file)

std::string reason(const std::filesystem::path& path) {
  const auto inspected = inspect(path);
  return inspected ? "" : inspected.error().reason;
}

std::filesystem::path write(const TemporaryDirectory& directory, std::string_view bytes) {
  const auto path = directory / "file.so";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

BOOST_AUTO_TEST_CASE(a_plugin_passes) {
  BOOST_TEST(reason(good_directory / "fault.so") == "");
  BOOST_TEST(reason(hostile("harmless")) == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_file) {
  const TemporaryDirectory directory;
  BOOST_TEST(reason(directory / "none.so") == "does not exist");
  BOOST_TEST(reason(directory.path()) == "is not a regular file");
  ::mkfifo((directory / "fifo.so").c_str(), 0600);
  BOOST_TEST(reason(directory / "fifo.so") == "is not a regular file");
}

BOOST_AUTO_TEST_CASE(what_is_no_library) {
  const TemporaryDirectory directory;
  BOOST_TEST(reason(write(directory, "")) == "is empty");
  BOOST_TEST(reason(write(directory, "#!/bin/sh\necho plugin\n")) == "is a text file, not a shared library");
  BOOST_TEST(reason(write(directory, std::string("MZ\0\1\2\3", 6))) == "is not a shared library");
  BOOST_TEST(reason(PROBE_PROGRAM).starts_with("is not a"));
}

BOOST_AUTO_TEST_CASE(every_truncation_is_seen) {
  const TemporaryDirectory directory;
  const std::string whole = contents(hostile("harmless"));
  BOOST_REQUIRE(whole.size() > 1000);
  for (std::size_t size = 1; size < whole.size(); size += size < 5000 ? 61 : 997) {
    const std::string why = reason(write(directory, whole.substr(0, size)));
    BOOST_TEST_CONTEXT("of " << whole.size() << " bytes: " << size) {
      BOOST_TEST((why.starts_with("is truncated") || why == "is not a shared library" || why.starts_with("is a text")));
    }
  }
  BOOST_TEST(reason(write(directory, whole.substr(0, whole.size() - 1))).starts_with("is truncated or damaged: "));
  BOOST_TEST(reason(write(directory, whole)) == "");
}

BOOST_AUTO_TEST_CASE(damaged_headers_are_no_reason_to_crash) {
  const TemporaryDirectory directory;
  const std::string whole = contents(hostile("harmless"));
  for (std::size_t at = 4; at < 64; ++at)
    for (const char byte : {'\0', '\x7F', '\xFF'}) {
      std::string damaged = whole;
      damaged[at] = byte;
      reason(write(directory, damaged));  // any answer will do
    }
  for (std::size_t at = whole.size() - 512; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = '\xFF';
    reason(write(directory, damaged));
  }
}

BOOST_AUTO_TEST_CASE(another_machine) {
  const TemporaryDirectory directory;
  std::string bytes = contents(hostile("harmless"));
  bytes[18] = '\xF3';  // RISC-V
  bytes[19] = '\0';
  BOOST_TEST(reason(write(directory, bytes)).starts_with("is built for riscv, this host runs on "));
  bytes[4] = 1;
  BOOST_TEST(reason(write(directory, bytes)) == "is built for a 32-bit machine");
}

BOOST_AUTO_TEST_CASE(entry_symbols) {
  BOOST_TEST(reason(hostile("no_symbol")) == "is not a Sluice plugin: it exports no sluice_plugin_entry_v0");
  BOOST_TEST(reason(hostile("wrong_major")) == "is built for plugin interface v1, this host speaks v0");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
