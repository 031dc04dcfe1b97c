// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "engine/durable_file.hpp"

// Keeps the identity of a run in that directory: all that is needed of one to be there.
inline void keep_run(const std::filesystem::path& directory, const std::string& run, long started) {
  std::filesystem::create_directories(directory);
  BOOST_REQUIRE(sluice::engine::replace_durably(
      directory / "run.json", R"({"run":")" + run +
                                  R"(","job":"j","fingerprint":"f","reader":"r","reader_version":"1.2",)"
                                  R"("writer":"w","writer_version":"2.0","started_ms":)" +
                                  std::to_string(started) + "}"));
}
