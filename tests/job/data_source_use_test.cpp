// SPDX-License-Identifier: Apache-2.0
#include "job/data_source_use.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

#include "job/scheduling.hpp"

using namespace sluice::job;
namespace fs = std::filesystem;

namespace {

OptionTable table() {
  Option host{.name = "host", .flags = SLUICE_CONNECTION | SLUICE_REQUIRED};
  Option port{.name = "port", .types = SLUICE_INTEGER, .flags = SLUICE_CONNECTION};
  port.default_value = 1;
  Option user{.name = "username", .flags = SLUICE_CONNECTION, .aliases = {"user"}};
  Option password{.name = "password", .flags = SLUICE_CONNECTION | SLUICE_SECRET};
  Option wait{.name = "wait", .types = SLUICE_DURATION, .flags = SLUICE_CONNECTION};
  Option names{.name = "table"};
  Option shards{.name = "connection", .types = SLUICE_ARRAY, .element_types = SLUICE_OBJECT};
  Option shard_port{.name = "port", .types = SLUICE_INTEGER};
  shards.children = OptionTable({Option{.name = "host", .flags = SLUICE_REQUIRED}, shard_port, password, names});
  return OptionTable({host, port, user, password, wait, names, shards});
}

constexpr const char* sources = R"({
  "a": {"type": "db", "connection": {"host": "ah", "port": "7", "user": "au", "wait": "5s", "password": "${env:SLUICE_TEST_PW}"},
        "profiles": {"dev": {"username": "dev"}}},
  "b": {"type": "db", "connection": {"host": "bh"}},
  "other": {"type": "file", "connection": {}},
  "wrong": {"type": "db", "connection": {"host": 5, "prot": 6, "table": "t"}}
})";

// A step and a file of data sources beside it; what comes out.
struct Used {
  fs::path directory;
  std::string values, shown, told;
  std::map<std::string, DataSourceUse::Place> places;

  explicit Used(const std::string& parameter, const std::string& profile = "", const OptionTable& options = table()) {
    std::string name = (fs::temp_directory_path() / "sluice-use-XXXXXX").string();
    directory = ::mkdtemp(name.data());
    std::ofstream(directory / "datasources.json") << sources;
    ::setenv("SLUICE_TEST_PW", "hunter2", 1);
    DataSources all(
        {.file = (directory / "datasources.json").string(), .named_by = "x", .directory = {}, .profile = profile});
    Problems problems;
    const Document document = *Document::parse(parameter, problems);
    const Step step{.parameter = document.root().as_object()};
    SchedulingValues scheduling(scheduled_at({}));
    Secrets secrets;
    const ConnectionRules rules{{.scheduling = &scheduling}, &all, &secrets};
    const Origin origin{document, "", "j"};
    const DataSourceUse use(step, options, {"db", "database"}, origin, rules, problems);
    auto object = Lint(document, problems).object(use.parameter(), use.table(), "");
    auto without = object;
    use.fill(object, true);
    use.fill(without, false);
    values = boost::json::serialize(object);
    shown = boost::json::serialize(without);
    places = use.places();
    told = problems.render("j");
    for (std::size_t at; (at = told.find(directory.string() + "/")) != std::string::npos;)
      told.erase(at, directory.string().size() + 1);
    fs::remove_all(directory);
  }
  Used(const Used&) = delete;
  Used& operator=(const Used&) = delete;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(data_source_use_test)

BOOST_AUTO_TEST_CASE(the_fields_are_filled_in_and_the_steps_own_values_win) {
  const Used used(R"({"datasource": "a", "username": "mine", "table": "t"})");
  BOOST_TEST(used.told == "");
  BOOST_TEST(used.values == R"({"table":"t","username":"mine","host":"ah","port":7,"wait":5000,"password":"hunter2"})");
  BOOST_TEST(used.shown ==
             R"({"table":"t","username":"mine","host":"ah","port":7,"wait":5000,"password":"${env:SLUICE_TEST_PW}"})");
  BOOST_TEST(Used(R"({"datasource": "b"})").values == R"({"port":1,"host":"bh"})");  // the default of the step
}

BOOST_AUTO_TEST_CASE(an_own_value_under_another_name_wins_too) {
  BOOST_TEST(Used(R"({"datasource": "a", "user": "mine"})").values.find(R"("username":"mine")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_profile_stands_above_the_connection) {
  BOOST_TEST(Used(R"({"datasource": "a"})", "dev").values.find(R"("username":"dev")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(fields_may_stand_inline) {
  const Used used(R"({"datasource": {"host": "h", "user": "u", "prot": 1}})");
  BOOST_TEST(used.values == R"({"port":1,"host":"h","username":"u"})");
  BOOST_TEST(used.told == "j:1:43: error: datasource.prot: unknown key (did you mean \"port\"?)\n");
}

BOOST_AUTO_TEST_CASE(every_shard_has_its_own) {
  const Used used(
      R"({"datasource": "b", "connection": [{"datasource": "a", "table": "t"}, {"host": "x"}, {"datasource": "b", "port": 3}]})");
  BOOST_TEST(used.told == "");
  BOOST_TEST(used.values == R"({"connection":[{"table":"t","host":"ah","port":7,"password":"hunter2"},{"host":"x"},)"
                            R"({"port":3,"host":"bh"}],"port":1,"host":"bh"})");
}

BOOST_AUTO_TEST_CASE(where_a_value_comes_from) {
  const Used used(R"({"datasource": "a", "connection": [{"datasource": "b"}]})");
  BOOST_TEST(used.places.at("username").path == "a.connection.user");
  BOOST_TEST(used.places.at("host").position.line == 2u);
  BOOST_TEST(used.places.at("connection[0].host").path == "b.connection.host");
  BOOST_TEST(Used(R"({"datasource": {"host": "h"}})").places.empty());
  BOOST_TEST(!Used(R"({"datasource": "a", "host": "mine"})").places.contains("host"));
}

BOOST_AUTO_TEST_CASE(problems_stand_where_they_are_and_nothing_else_is_missing_for_them) {
  BOOST_TEST(Used(R"({"datasource": "wrong"})").told ==
             "datasources.json:6:53: error: wrong.connection.prot: unknown key (did you mean \"port\"?)\n"
             "datasources.json:6:64: error: wrong.connection.table: unknown key\n");
  BOOST_TEST(Used(R"({"datasource": "nowhere"})").told ==
             "j:1:16: error: datasource: no such data source: nowhere\n    datasources.json (x): a, b, other, wrong\n");
  BOOST_TEST(Used(R"({"datasource": "othr"})").told.find("(did you mean \"other\"?)") != std::string::npos);
  BOOST_TEST(Used(R"({"datasource": "other"})").told ==
             "j:1:16: error: datasource: the data source is one of another store: other is of file, the step of db\n");
  BOOST_TEST(Used(R"({"datasource": 5})").told.find("expected the name of a data source or an object") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plugin_without_a_connection_takes_none) {
  BOOST_TEST(Used(R"({"datasource": "a"})", "", OptionTable({Option{.name = "path"}})).told ==
             "j:1:2: error: datasource: this plugin takes no data source: db (remove it)\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_nothing) {
  BOOST_TEST(Used(R"({"datasource": "", "host": "h"})").values == R"({"host":"h","port":1})");
  BOOST_TEST(Used(R"({"datasource": null, "host": "h"})").told == "");
}

BOOST_AUTO_TEST_SUITE_END()
