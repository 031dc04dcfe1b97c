// SPDX-License-Identifier: Apache-2.0
#include "cli/whole_file.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <thread>

#include "scratch.hpp"

using namespace sluice::cli;
namespace fs = std::filesystem;

BOOST_FIXTURE_TEST_SUITE(whole_file_test, Scratch)

BOOST_AUTO_TEST_CASE(replaces_the_file_and_leaves_nothing_beside_it) {
  write(path / "s.json", "old and longer");
  BOOST_TEST(write_whole(path / "s.json", "new").has_value());
  BOOST_TEST(read(path / "s.json") == "new");
  BOOST_TEST(files() == 1u);
}

BOOST_AUTO_TEST_CASE(a_link_keeps_standing) {
  fs::create_directory(path / "real");
  fs::create_symlink(path / "real" / "s.json", path / "link");
  BOOST_TEST(write_whole(path / "link", "1").has_value());
  BOOST_TEST(write_whole(path / "link", "2").has_value());
  BOOST_TEST(fs::is_symlink(path / "link"));
  BOOST_TEST(read(path / "real" / "s.json") == "2");
}

BOOST_AUTO_TEST_CASE(a_pipe_is_written_to) {
  BOOST_REQUIRE(::mkfifo((path / "pipe").c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = read(path / "pipe"); });
  BOOST_TEST(write_whole(path / "pipe", "text").has_value());
  reader.join();
  BOOST_TEST(got == "text");
  BOOST_TEST(fs::is_fifo(path / "pipe"));
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_named_and_the_device_stays) {
  auto written = write_whole("/dev/full", "text");
  BOOST_TEST(written.error().text == "cannot write /dev/full: No space left on device");
  BOOST_TEST(fs::is_character_file("/dev/full"));
}

BOOST_AUTO_TEST_CASE(what_cannot_work_is_known_before) {
  BOOST_TEST(can_write(path / "s.json").has_value());
  BOOST_TEST(can_write("/dev/null").has_value());
  BOOST_TEST(can_write(path).error().text == "cannot write " + path.string() + ": Is a directory");
  BOOST_TEST(can_write(path / "no" / "s").error().text ==
             "cannot write " + (path / "no" / "s").string() + ": No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
