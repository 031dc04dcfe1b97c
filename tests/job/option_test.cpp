// SPDX-License-Identifier: Apache-2.0
#include "job/option.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(option_test)

OptionTable table() {
  Option password{.name = "password", .flags = SLUICE_SECRET, .aliases = {"passwd"}};
  Option user{.name = "username"};
  Option column{.name = "column", .types = SLUICE_ARRAY, .flags = SLUICE_COLUMN_LIST};
  Option connection{.name = "connection", .types = SLUICE_ARRAY, .element_types = SLUICE_OBJECT};
  connection.children = OptionTable({password, user});
  return OptionTable({password, user, column, connection});
}

BOOST_AUTO_TEST_CASE(finds_by_name_and_alias) {
  OptionTable options = table();
  BOOST_TEST(options.find("passwd") == &options.options()[0]);
  BOOST_TEST(options.find("username") == &options.options()[1]);
  BOOST_TEST(options.find("Username") == nullptr);
  BOOST_TEST(options.column_list() == &options.options()[2]);
  BOOST_TEST(OptionTable().column_list() == nullptr);
}

BOOST_AUTO_TEST_CASE(types_in_words) {
  BOOST_TEST(type_text(SLUICE_STRING, 0) == "a string");
  BOOST_TEST(type_text(SLUICE_STRING | SLUICE_ARRAY, SLUICE_STRING) == "a string or an array of strings");
  BOOST_TEST(type_text(SLUICE_ARRAY, SLUICE_STRING | SLUICE_OBJECT) == "an array of strings or objects");
  BOOST_TEST(type_text(SLUICE_ARRAY, 0) == "an array");
  BOOST_TEST(type_text(SLUICE_BOOLEAN, 0) == "true or false");
}

BOOST_AUTO_TEST_CASE(secrets_are_hidden_in_every_spelling) {
  boost::json::object given =
      boost::json::parse(R"({"Password":"p1","passwd":["p2"],"pasword":{"a":"p3"},"username":"u",
    "connection":[{"password":"p4","username":"v"}],"other":1})")
          .get_object();
  BOOST_TEST(
      boost::json::serialize(redacted(given, table())) ==
      R"({"Password":"***","passwd":"***","pasword":"***","username":"u","connection":[{"password":"***","username":"v"}],"other":1})");
}

BOOST_AUTO_TEST_SUITE_END()
