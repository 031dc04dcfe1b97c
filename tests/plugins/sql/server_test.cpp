// SPDX-License-Identifier: Apache-2.0
#include "sql/server.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_context.hpp"
#include "sql/options.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

namespace {
constexpr auto step_options = join(options::server("5432"), std::array{options::connection});
}

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(a_shard_inherits_what_it_does_not_set) {
  FakeContext context(R"({"host": "a", "database": "d", "username": "u", "password": "p", "sslMode": "require",
      "connection": [{"host": "b", "port": 5433}, {"database": "e"}]})",
                      option_list<step_options>);
  BOOST_TEST((server_prefixes(context.context()) == std::vector<std::string>{"connection[0].", "connection[1]."}));
  const Server first = Server::read(context.context(), "connection[0].", 5432);
  BOOST_TEST(first.host == "b");
  BOOST_TEST(first.port == "5433");
  BOOST_TEST(first.database == "d");
  BOOST_TEST(first.ssl_mode == "require");
  const Server second = Server::read(context.context(), "connection[1].", 5432);
  BOOST_TEST(second.host == "a");
  BOOST_TEST(second.port == "5432");
  BOOST_TEST(second.database == "e");
}

BOOST_AUTO_TEST_CASE(place_never_names_the_password) {
  Server s;
  s.host = "db1";
  s.port = "5432";
  s.user = "bob";
  s.database = "shop";
  s.password = "hidden";
  BOOST_TEST(s.place() == "database \"shop\" of db1:5432 as \"bob\"");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_offline) {
  FakeContext context(R"({"sslMode": "verify-full"})");
  Problems problems;
  check_server(context.context(), "connection[1].", problems);
  BOOST_TEST_REQUIRE(problems.size() == 4u);
  BOOST_TEST(problems[0].path == "connection[1].host");
  BOOST_TEST(problems[3].path == "connection[1].sslRootCertificate");
}

BOOST_AUTO_TEST_CASE(only_other_machines_are_remote) {
  Server s;
  for (const char* near : {"localhost", "127.0.0.1", "127.1.2.3", "::1", "/var/run"}) {
    s.host = near;
    BOOST_TEST(!s.is_remote(), near);
  }
  s.host = "db1";
  BOOST_TEST(s.is_remote());
  s.socket = "/tmp";
  BOOST_TEST(!s.is_remote());
}

BOOST_AUTO_TEST_CASE(plain_text_to_another_machine_is_a_warning) {
  FakeContext context("{}");
  Server s;
  s.host = "db1";
  warn_of_plain_connection(context.context(), s, true);
  BOOST_TEST(context.problems.empty());
  warn_of_plain_connection(context.context(), s, false);
  BOOST_TEST(context.has_problem("sslMode: the connection to a remote host is not encrypted: db1"));
}

BOOST_AUTO_TEST_SUITE_END()
