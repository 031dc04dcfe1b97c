// SPDX-License-Identifier: Apache-2.0
#include "odbc/settings.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_context.hpp"
#include "odbc/options.hpp"

using namespace sluice;
using namespace sluice::odbc;
using sluice::tests::FakeContext;

namespace {

Settings read(std::string_view json) {
  const FakeContext context(json, option_list<reader_options>);
  return Settings::read(context.context());
}

std::string problems(std::string_view json) {
  const FakeContext context(json, option_list<reader_options>);
  sql::Problems found;
  check_settings(context.context(), found);
  std::string all;
  for (const auto& problem : found) all += problem.path + ": " + problem.message + "\n";
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(keywords_with_and_without_braces) {
  const auto parsed = parse_connection_string(" Driver = {A {B}};x} ; Server=db ;; PWD={a}}b;c};UID=");
  BOOST_REQUIRE(parsed);
  BOOST_REQUIRE(parsed->size() == 4u);
  BOOST_TEST((*parsed)[0].name == "Driver");
  BOOST_TEST((*parsed)[0].value == "A {B};x");
  BOOST_TEST((*parsed)[1].value == "db");
  BOOST_TEST((*parsed)[2].value == "a}b;c");
  BOOST_TEST((*parsed)[3].value == "");
  for (const auto* text : {"nonsense", "a=b;nonsense", "=x", "a={b", "a={b}c"})
    BOOST_TEST(!parse_connection_string(text));
}

BOOST_AUTO_TEST_CASE(what_is_put_together_is_taken_apart_again) {
  const Settings s =
      read(R"({"connectionString": "Driver=/d.so;Server=h", "password": "a;b}c' \\d", "username": "bob"})");
  const auto again = parse_connection_string(s.connection_string());
  BOOST_REQUIRE(again);
  BOOST_REQUIRE(again->size() == 4u);
  BOOST_TEST((*again)[3].name == "PWD");
  BOOST_TEST((*again)[3].value == "a;b}c' \\d");
}

BOOST_AUTO_TEST_CASE(places_without_secrets) {
  const Settings s =
      read(R"({"connectionString": "Driver=/x/d.so;Server=h;Port=5;Database=shop;PWD=hush;AccessToken=sesame",
                              "username": "bob"})");
  BOOST_TEST(s.place() == "database \"shop\" of h:5 as \"bob\"");
  BOOST_TEST(s.without_secrets("no hush for sesame") == "no *** for ***");
  BOOST_TEST(read(R"({"dsn": "shop"})").place() == "data source \"shop\"");
  BOOST_TEST(read(R"({"connectionString": "Driver=/x/d.so"})").place() == "driver \"d.so\"");
}

BOOST_AUTO_TEST_CASE(contradictions) {
  BOOST_TEST(problems("{}").starts_with("connectionString: nothing to connect to"));
  BOOST_TEST(problems(R"({"connectionString": "abc"})").starts_with("connectionString: not a connection string"));
  BOOST_TEST(problems(R"({"connectionString": "DSN=a;PWD=b;User=c", "dsn": "a", "password": "b", "username": "c"})") ==
             "dsn: set twice: connectionString has DSN\nusername: set twice: connectionString has User\n"
             "password: set twice: connectionString has PWD\n");
  BOOST_TEST(problems(R"({"connectionString": "Driver=x", "password": "b"})") == "");
}

BOOST_AUTO_TEST_SUITE_END()
