// SPDX-License-Identifier: Apache-2.0
#include "plugin/parameters.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(parameters)

Parameters parsed(const char* text) { return Parameters(boost::json::parse(text).as_object()); }

BOOST_AUTO_TEST_CASE(by_path) {
  const Parameters p = parsed(R"({"a": {"b": [1, {"c": "x"}]}, "list": ["id", "name"], "none": null})");
  BOOST_TEST(p.string("a.b[1].c").value() == "x");
  BOOST_TEST(p.integer("a.b[0]").value() == 1);
  BOOST_TEST(p.size("list") == 2u);
  BOOST_TEST(p.string("list[1]").value() == "name");
  for (const char* path : {"none", "a.b[2]", "a.b.c", "list[1].x", "zzz", "a..b", "list[", "list[-1]"})
    BOOST_TEST((p.at(path) == nullptr), path);
}

BOOST_AUTO_TEST_CASE(by_type) {
  const Parameters p = parsed(R"({"s": "1", "i": 7, "n": 2.5, "b": true, "big": 18446744073709551615})");
  BOOST_TEST(!p.integer("s"));
  BOOST_TEST(!p.integer("n"));
  BOOST_TEST(!p.integer("big"));
  BOOST_TEST(p.number("i").value() == 7.0);
  BOOST_TEST(p.number("n").value() == 2.5);
  BOOST_TEST(p.number("big").value() > 1e19);
  BOOST_TEST(p.boolean("b").value());
  BOOST_TEST(!p.boolean("i"));
  BOOST_TEST(!p.string("b"));
  BOOST_TEST(p.size("s") == 0u);
}

BOOST_AUTO_TEST_CASE(as_text) {
  const Parameters p = parsed(R"({"table": "größe", "n": 1})");
  BOOST_TEST(boost::json::parse(p.text()) == boost::json::value(p.object()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
