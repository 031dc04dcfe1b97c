// SPDX-License-Identifier: Apache-2.0
#include "plugin/search_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

#include "called.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(search_directory)

BOOST_AUTO_TEST_CASE(command_line_then_environment_then_beside_the_program) {
  ::setenv("SLUICE_PLUGIN_PATH", "/b/:/c::/a", 1);
  const std::vector<std::filesystem::path> given = {"/a", "/d/../e"};
  const auto found = search_directories(given);
  ::unsetenv("SLUICE_PLUGIN_PATH");
  BOOST_REQUIRE(found.size() == 5u);
  BOOST_TEST(found[0].path == "/a");
  BOOST_TEST(found[0].origin == "--plugin-dir");
  BOOST_TEST(found[1].path == "/e");
  BOOST_TEST(found[2].path == "/b");
  BOOST_TEST(found[2].origin == "SLUICE_PLUGIN_PATH");
  BOOST_TEST(found[3].path == "/c");
  BOOST_TEST(found[4].origin == "beside the program");
  BOOST_TEST(found[4].path.string().ends_with("/lib/sluice/plugins"));
}

BOOST_AUTO_TEST_CASE(relative_directories_become_absolute) {
  const std::vector<std::filesystem::path> given = {"mine"};
  BOOST_TEST(search_directories(given)[0].path == std::filesystem::current_path() / "mine");
}

BOOST_AUTO_TEST_CASE(plugin_files_are_so_files_in_order) {
  const TemporaryDirectory directory;
  for (const char* name : {"b.so", "a.so", "c.txt", ".hidden.so", "d.so.1"}) std::ofstream(directory / name) << "x";
  const auto files = plugin_files(directory.path());
  BOOST_REQUIRE(files.size() == 2u);
  BOOST_TEST(files[0].filename() == "a.so");
  BOOST_TEST(files[1].filename() == "b.so");
  BOOST_TEST(plugin_files(directory / "none").empty());
}

BOOST_AUTO_TEST_CASE(names_of_files) {
  for (const char* name : {"sqlite.so", "libsqlite.so", "sluice-sqlite.so", "libsluice_sqlite.so"})
    BOOST_TEST(called_like(name, "sqlite"), name);
  BOOST_TEST(!called_like("sqlite3.so", "sqlite"));
  BOOST_TEST(called_like("libra.so", "libra"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
