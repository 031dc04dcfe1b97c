// SPDX-License-Identifier: Apache-2.0
#include "job/jdbc_url.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(jdbc_url_test)

// "store {fields} property..."
std::string parsed(const char* text) {
  auto url = parse_jdbc_url(text);
  if (!url) return "-";
  std::string result = url->store + " " + boost::json::serialize(url->fields);
  for (const std::string& property : url->properties) result += " " + property;
  return result;
}

BOOST_AUTO_TEST_CASE(servers) {
  BOOST_TEST(parsed("jdbc:mysql://db1:3306/shop") == R"(mysql {"host":"db1","port":3306,"database":"shop"})");
  BOOST_TEST(parsed("jdbc:mysql://db1/shop?useSSL=true&password=p") ==
             R"(mysql {"host":"db1","database":"shop"} useSSL password)");
  BOOST_TEST(parsed("jdbc:postgresql://[::1]:5432/shop") ==
             R"(postgresql {"host":"::1","port":5432,"database":"shop"})");
  BOOST_TEST(parsed("jdbc:sqlserver://db1:1433;databaseName=shop;encrypt=true") ==
             R"(sqlserver {"host":"db1","port":1433,"database":"shop"} encrypt)");
  BOOST_TEST(parsed("jdbc:mysql://a:1,b:2/shop") == R"(mysql {"host":"a","port":1,"database":"shop"})");
  BOOST_TEST(parse_jdbc_url("jdbc:mysql://a:1,b:2/shop")->several_hosts);
}

BOOST_AUTO_TEST_CASE(other_forms) {
  BOOST_TEST(parsed("jdbc:oracle:thin:@db1:1521:orcl") == R"(oracle {"database":"orcl","host":"db1","port":1521})");
  BOOST_TEST(parsed("jdbc:oracle:thin:@//db1:1521/service") ==
             R"(oracle {"host":"db1","port":1521,"database":"service"})");
  BOOST_TEST(parsed("jdbc:sqlite:/data/shop.db") == R"(sqlite {"path":"/data/shop.db"})");
}

BOOST_AUTO_TEST_CASE(no_addresses) {
  for (const char* text : {"", "jdbc:", "jdbc:mysql:", "mysql://db1", "jdbc:mysql://", "jdbc:mysql://:3306/x",
                           "jdbc:mysql://db1:x/y", "jdbc:mysql://db1:99999/y", "jdbc:oracle:thin:@db1"}) {
    BOOST_TEST(parsed(text) == "-", text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
