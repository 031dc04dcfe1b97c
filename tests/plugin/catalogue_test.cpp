// SPDX-License-Identifier: Apache-2.0
#include "plugin/catalogue.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "called.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(catalogue)

Catalogue over(std::initializer_list<std::filesystem::path> directories) {
  std::vector<SearchDirectory> search;
  for (const auto& path : directories) search.push_back({path, "--plugin-dir"});
  return Catalogue(std::move(search), probe_settings());
}

void put(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
}

bool said(const Missing& missing, std::string_view words) {
  return std::ranges::any_of(missing.details, [&](const auto& line) { return line.find(words) != line.npos; });
}

BOOST_AUTO_TEST_CASE(finds_by_name_and_by_alias) {
  Catalogue catalogue = over({good_directory});
  BOOST_TEST(catalogue.find(Kind::reader, "fault").value()->where("x") == "reader fault, x");
  BOOST_TEST(catalogue.find(Kind::processor, "broken").value()->where("x") == "processor fault, x");
}

BOOST_AUTO_TEST_CASE(the_file_of_the_name_is_enough) {
  const TemporaryDirectory directory;
  put(hostile("harmless"), directory / "harmless.so");
  put(hostile("hang_on_load"), directory / "another.so");  // would take a minute
  BOOST_TEST(over({directory.path()}).find(Kind::reader, "harmless").has_value());
}

BOOST_AUTO_TEST_CASE(looking_ahead_opens_no_file_that_finding_does_not) {
  const TemporaryDirectory first, second;
  put(hostile("harmless"), first / "other_name.so");
  put(hostile("hang_on_load"), first / "another.so");  // would take a minute
  put(hostile("hang_on_load"), second / "hang.so");    // is found in the first directory, for all that is known
  put(hostile("harmless"), first / "harmless.so");
  Catalogue catalogue = over({first.path(), second.path()});
  catalogue.look_ahead(std::vector<std::string>{"harmless", "harmless", "hang", "none"});
  for (const auto& file : {first / "another.so", second / "hang.so"}) put(hostile("harmless"), file);
  BOOST_TEST(catalogue.listing().refused.empty());
  BOOST_TEST(catalogue.find(Kind::reader, "harmless").value()->file == first / "harmless.so");
}

BOOST_AUTO_TEST_CASE(a_hostile_neighbour_does_no_harm) {
  const TemporaryDirectory directory;
  put(hostile("crash_on_load"), directory / "a.so");
  put(hostile("exit_on_load"), directory / "b.so");
  put(hostile("harmless"), directory / "c.so");
  BOOST_TEST(over({directory.path()}).find(Kind::reader, "harmless").value()->file == directory / "c.so");
}

BOOST_AUTO_TEST_CASE(the_first_directory_wins) {
  const TemporaryDirectory first, second;
  put(hostile("harmless"), first / "other_name.so");
  put(hostile("harmless"), second / "harmless.so");
  Catalogue catalogue = over({first.path(), second.path()});
  BOOST_TEST(catalogue.find(Kind::reader, "harmless").value()->file == first / "other_name.so");
  const Listing listing = catalogue.listing();
  BOOST_REQUIRE(listing.entries.size() == 2u);
  BOOST_TEST(listing.entries[0].shadowed_by == "");
  BOOST_TEST(listing.entries[1].file == second / "harmless.so");
  BOOST_TEST(listing.entries[1].shadowed_by == first / "other_name.so");
}

BOOST_AUTO_TEST_CASE(in_a_directory_the_file_of_the_name_wins) {
  const TemporaryDirectory directory;
  put(hostile("harmless"), directory / "a.so");
  put(hostile("harmless"), directory / "harmless.so");
  Catalogue catalogue = over({directory.path()});
  BOOST_TEST(catalogue.find(Kind::reader, "harmless").value()->file == directory / "harmless.so");
  BOOST_TEST(catalogue.listing().entries[0].shadowed_by == directory / "harmless.so");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_explained) {
  const TemporaryDirectory directory;
  put(hostile("wrong_major"), directory / "old.so");
  std::ofstream(directory / "notes.so") << "not a plugin\n";
  Catalogue catalogue = over({good_directory, directory.path(), directory / "none"});
  const auto found = catalogue.find(Kind::reader, "fualt");
  BOOST_REQUIRE(!found);
  const Missing& missing = found.error();
  BOOST_TEST(missing.message == "no reader \"fualt\" was found");
  BOOST_TEST(missing.advice == "did you mean \"fault\"?");
  BOOST_TEST(said(missing, "searched " + good_directory.string() + " (--plugin-dir)"));
  BOOST_TEST(said(missing, "fault.so: reader fault (also failing, broken), writer fault"));
  BOOST_TEST(said(missing, "old.so: is built for plugin interface v1, this host speaks v0"));
  BOOST_TEST(said(missing, "notes.so: is a text file, not a shared library"));
  BOOST_TEST(said(missing, "none (--plugin-dir): no such directory"));
}

BOOST_AUTO_TEST_CASE(a_refused_file_of_the_name_is_the_message) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "sqlite.so") << "";
  const auto found = over({directory.path()}).find(Kind::writer, "sqlite");
  BOOST_TEST(found.error().message ==
             "no writer \"sqlite\" was found; " + (directory / "sqlite.so").string() + " was refused: is empty");
}

BOOST_AUTO_TEST_CASE(a_name_of_another_kind) {
  const TemporaryDirectory directory;
  put(hostile("harmless"), directory / "harmless.so");
  BOOST_TEST(over({directory.path()}).find(Kind::writer, "harmless").error().advice == "\"harmless\" is a reader only");
}

BOOST_AUTO_TEST_CASE(a_known_store_without_a_plugin) {
  const auto found = over({good_directory}).find(Kind::writer, "odps");
  BOOST_TEST(found.error().advice.find("has no plugin here") != std::string::npos, found.error().advice);
}

BOOST_AUTO_TEST_CASE(lists_everything) {
  std::vector<SearchDirectory> search = {{good_directory, "--plugin-dir"}, {hostile_directory, "--plugin-dir"}};
  ProbeSettings settings = probe_settings();
  settings.limit = std::chrono::seconds(3);
  const Listing listing = Catalogue(search, settings).listing();
  std::vector<std::string> names;
  for (const Entry& entry : listing.entries) names.push_back(entry.plugin.name);
  for (const char* name : {"fault", "harmless", "newer", "older", "print_on_load"})
    BOOST_TEST((std::ranges::find(names, name) != names.end()), name);
  const auto refused = std::ranges::find(listing.refused, hostile("hang_on_load"), &RefusedFile::file);
  BOOST_REQUIRE((refused != listing.refused.end()));
  BOOST_TEST(refused->reason == "did not load within 3 s");
  BOOST_TEST(listing.refused.size() >= 14u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
