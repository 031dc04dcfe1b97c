// SPDX-License-Identifier: Apache-2.0
// An empty database file behind SQLite's ODBC driver, gone afterwards.
#pragma once

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "odbc/connection.hpp"

namespace sluice::tests {

inline std::string sqlite_driver() {
  for (const char* folder : {"/usr/lib/x86_64-linux-gnu/odbc", "/usr/lib/aarch64-linux-gnu/odbc"})
    if (const auto file = std::filesystem::path(folder) / "libsqlite3odbc.so"; std::filesystem::exists(file))
      return file.string();
  BOOST_FAIL("SQLite's ODBC driver is missing: tools/setup test");
  return {};
}

class ScratchDatabase {
 public:
  ScratchDatabase() {
    std::string name = (std::filesystem::temp_directory_path() / "sluice-odbc-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
    directory_ = name;
  }
  ~ScratchDatabase() { std::filesystem::remove_all(directory_); }
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  odbc::Settings settings() const {
    odbc::Settings settings;
    settings.keywords = {{"Driver", sqlite_driver()}, {"Database", (directory_ / "x.db").string()}};
    return settings;
  }

 private:
  std::filesystem::path directory_;
};

}  // namespace sluice::tests
