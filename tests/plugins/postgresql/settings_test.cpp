// SPDX-License-Identifier: Apache-2.0
#include "postgresql/settings.hpp"

#include <libpq-fe.h>

#include <boost/test/unit_test.hpp>
#include <map>

using namespace sluice::postgresql;

BOOST_AUTO_TEST_SUITE(settings)

// Read back by libpq itself.
BOOST_AUTO_TEST_CASE(a_connection_string_keeps_every_byte) {
  Settings s;
  s.host = "/tmp/a dir";
  s.database = "d=e & 'f' ?#";
  s.user = "Ünï code";
  s.password = "it's \\ 100% : @ singlerow=true";
  s.ssl_mode = "prefer";
  s.port = "5432";
  const std::string text = s.connection_string();
  BOOST_TEST(text.find(' ') == std::string::npos);
  char* message = nullptr;
  PQconninfoOption* parsed = PQconninfoParse(text.c_str(), &message);
  BOOST_TEST_REQUIRE((parsed != nullptr), (message == nullptr ? "" : message));
  std::map<std::string, std::string> found;
  for (auto* option = parsed; option->keyword != nullptr; ++option)
    if (option->val != nullptr) found[option->keyword] = option->val;
  PQconninfoFree(parsed);
  BOOST_TEST(found["host"] == s.host);
  BOOST_TEST(found["dbname"] == s.database);
  BOOST_TEST(found["user"] == s.user);
  BOOST_TEST(found["password"] == s.password);
}

BOOST_AUTO_TEST_SUITE_END()
