// SPDX-License-Identifier: Apache-2.0
#include "postgresql/settings.hpp"

#include <libpq-fe.h>

#include <boost/test/unit_test.hpp>
#include <map>

#include "fake_context.hpp"
#include "postgresql/reader.hpp"

using namespace sluice;
using namespace sluice::postgresql;
using namespace sluice::tests;

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(a_shard_inherits_what_it_does_not_set) {
  FakeContext context(R"({"host": "a", "database": "d", "username": "u", "password": "p", "sslMode": "require",
      "connection": [{"host": "b", "port": 5433}, {"database": "e"}]})",
                      PostgresReader::info.options);
  const Settings first = Settings::read(context.context(), "connection[0].");
  BOOST_TEST(first.host == "b");
  BOOST_TEST(first.port == "5433");
  BOOST_TEST(first.database == "d");
  BOOST_TEST(first.ssl_mode == "require");
  const Settings second = Settings::read(context.context(), "connection[1].");
  BOOST_TEST(second.host == "a");
  BOOST_TEST(second.port == "5432");
  BOOST_TEST(second.database == "e");
}

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

BOOST_AUTO_TEST_CASE(place_never_names_the_password) {
  Settings s;
  s.host = "db1";
  s.port = "5432";
  s.user = "bob";
  s.database = "shop";
  s.password = "hidden";
  BOOST_TEST(s.place() == "database \"shop\" of db1:5432 as \"bob\"");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_offline) {
  FakeContext context(R"({"sslMode": "verify-full"})");
  sql::Problems problems;
  sql::check_server(context.context(), "connection[1].", problems);
  BOOST_TEST_REQUIRE(problems.size() == 4u);
  BOOST_TEST(problems[0].path == "connection[1].host");
  BOOST_TEST(problems[3].path == "connection[1].sslRootCertificate");
}

BOOST_AUTO_TEST_CASE(only_other_machines_are_remote) {
  Settings s;
  for (const char* near : {"localhost", "127.0.0.1", "127.1.2.3", "::1", "/var/run"}) {
    s.host = near;
    BOOST_TEST(!s.is_remote(), near);
  }
  s.host = "db1";
  BOOST_TEST(s.is_remote());
  s.socket = "/tmp";
  BOOST_TEST(!s.is_remote());
}

BOOST_AUTO_TEST_SUITE_END()
