// SPDX-License-Identifier: Apache-2.0
#include "job/script_file.hpp"

#include <unistd.h>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "job/document.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(script_file_test)

struct Directory {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("sluice-job-" + std::to_string(::getpid()));
  Directory() { std::filesystem::create_directories(path); }
  ~Directory() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
};

BOOST_AUTO_TEST_CASE(reads_bytes_as_they_are) {
  Directory directory;
  std::string bytes("{\r\n\0\xFF}", 6);
  std::ofstream(directory.file("job.json"), std::ios::binary) << bytes;
  auto text = read_script(directory.file("job.json"));
  BOOST_REQUIRE(text);
  BOOST_TEST(*text == bytes);
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong) {
  Directory directory;
  BOOST_TEST(read_script(directory.file("none.json")).error() ==
             "no such job script: " + directory.file("none.json") + " (- reads it from the standard input)");
  BOOST_TEST(read_script(directory.path.string()).error() ==
             "a directory, not a job script: " + directory.path.string());
  BOOST_TEST(read_script("none.json").error().find("looked for in " + std::filesystem::current_path().string()) !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(never_reads_much_more_than_a_script_may_have) {
  Directory directory;
  std::ofstream(directory.file("big"));
  std::filesystem::resize_file(directory.file("big"), max_script_bytes * 4);
  auto text = read_script(directory.file("big"));
  BOOST_REQUIRE(text);
  BOOST_TEST(text->size() > max_script_bytes);
  BOOST_TEST(text->size() < max_script_bytes + (1 << 20));
}

BOOST_AUTO_TEST_SUITE_END()
