// SPDX-License-Identifier: Apache-2.0
#include "job/data_source.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

using namespace sluice::job;
namespace fs = std::filesystem;

namespace {

// A directory for the job and one for the user, gone at the end.
struct Places {
  fs::path directory;
  DataSourceRules rules;
  Problems problems;

  Places() {
    std::string name = (fs::temp_directory_path() / "sluice-source-XXXXXX").string();
    directory = ::mkdtemp(name.data());
    fs::create_directories(directory / "config/sluice");
    ::setenv("XDG_CONFIG_HOME", (directory / "config").c_str(), 1);
    rules.directory = directory.string();
  }
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  ~Places() {
    ::unsetenv("XDG_CONFIG_HOME");
    fs::remove_all(directory);
  }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(directory / name) << text;
    return (directory / name).string();
  }
  std::string told() const { return problems.render("job.json"); }
};

constexpr const char* shop = R"({"shop": {"type": "db", "description": "all", "connection": {"host": "a"},
  "profiles": {"dev": {"host": "d"}, "prod": {}}}, "x-note": 1, "$schema": ""})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(data_source_test, Places)

BOOST_AUTO_TEST_CASE(a_name_counts_where_it_is_found_first) {
  const std::string beside = write("datasources.json", shop);
  const std::string mine = write("config/sluice/datasources.json", R"({"shop": {"type": "x"}, "mine": {"type": "y"}})");
  DataSources sources(rules);
  BOOST_TEST(sources.names(problems) == (std::vector<std::string>{"shop", "mine"}), boost::test_tools::per_element());
  BOOST_TEST(sources.find("shop", problems)->type == "db");
  BOOST_TEST(sources.find("mine", problems)->file->path == mine);
  BOOST_TEST(!sources.find("x-note", problems));
  BOOST_TEST(sources.searched() ==
                 (std::vector<std::string>{beside + " (beside the job): shop", mine + " (of the user): shop, mine"}),
             boost::test_tools::per_element());
  BOOST_TEST(told() == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_named_is_the_only_one_and_must_be_there) {
  write("datasources.json", shop);
  rules.file = (directory / "other.json").string();
  rules.named_by = "--datasources";
  DataSources sources(rules);
  BOOST_TEST(!sources.find("shop", problems));
  BOOST_TEST(told() == rules.file + ": error: no such file of data sources: " + rules.file + "\n");
}

BOOST_AUTO_TEST_CASE(profiles) {
  write("datasources.json", shop);
  BOOST_TEST(DataSources(rules).find("shop", problems)->profile_name == "");
  rules.profile = "dev";
  const auto source = DataSources(rules).find("shop", problems);
  BOOST_TEST(boost::json::serialize(source->profile) == R"({"host":"d"})");
  BOOST_TEST(source->profile_path() == "shop.profiles.dev");
  rules.profile = "prd";
  BOOST_TEST(!DataSources(rules).find("shop", problems));
  BOOST_TEST(told().find("datasources.json:2:3: error: shop.profiles: no such profile: prd (did you mean \"prod\"?)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_source_without_profiles_is_the_same_in_all) {
  write("datasources.json", R"({"a": {"type": "db"}})");
  rules.profile = "dev";
  BOOST_TEST(bool(DataSources(rules).find("a", problems)));
  BOOST_TEST(told() == "");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_has_its_place_in_its_file) {
  const std::string file =
      write("datasources.json", "{\"a\": {\"conection\": {}},\n \"b\": 1,\n \"c\": {\"type\": {}}}");
  DataSources sources(rules);
  for (const char* name : {"a", "b", "c"}) BOOST_TEST(!sources.find(name, problems));
  BOOST_TEST(told() == file + ":1:7: error: a.type: required and not set\n" + file +
                           ":1:8: error: a.conection: unknown key (did you mean \"connection\"?)\n" + file +
                           ":2:7: error: b: a data source is an object, got 1\n" + file +
                           ":3:16: error: c.type: expected a string, got an object\n");
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_told_once) {
  const std::string file = write("datasources.json", "{");
  DataSources sources(rules);
  for (const char* name : {"a", "b"}) BOOST_TEST(!sources.find(name, problems));
  BOOST_TEST(problems.errors() == 1u);
  BOOST_TEST(told().starts_with(file + ":1:"));
}

BOOST_AUTO_TEST_CASE(the_fields_of_a_connection) {
  Option host{.name = "host", .flags = SLUICE_CONNECTION | SLUICE_REQUIRED};
  Option port{.name = "port", .types = SLUICE_INTEGER, .flags = SLUICE_CONNECTION};
  port.default_value = 5432;
  const OptionTable fields = connection_table(OptionTable({host, port, Option{.name = "table"}}));
  BOOST_REQUIRE(fields.options().size() == 2u);
  BOOST_TEST(!fields.options()[0].has(SLUICE_REQUIRED));
  BOOST_TEST(!fields.options()[1].default_value.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
