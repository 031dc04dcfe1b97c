// SPDX-License-Identifier: Apache-2.0
#include "plugin/readback.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(readback_test)

BOOST_AUTO_TEST_CASE(parameters_stand_where_their_paths_say) {
  const auto readback = read_readback({{"reader", "", "file"},
                                       {"parameter", "path[0]", "a.csv"},
                                       {"parameter", "column[1].name", "b"},
                                       {"parameter", "column[0].name", "a"},
                                       {"parameter", "nullFormat", ""},
                                       {"others", "", "writeMode is append"},
                                       {"of a later version", "", "passed over"}},
                                      "writer file, readback");
  BOOST_TEST_REQUIRE(readback.has_value());
  BOOST_TEST(readback->reader == "file");
  BOOST_TEST(readback->others == "writeMode is append");
  BOOST_TEST(boost::json::serialize(readback->parameters) ==
             R"({"path":["a.csv"],"column":[{"name":"a"},{"name":"b"}],"nullFormat":""})");
}

BOOST_AUTO_TEST_CASE(nothing_to_be_read_is_an_answer) {
  const auto readback = read_readback({}, "writer file, readback");
  BOOST_TEST_REQUIRE(readback.has_value());
  BOOST_TEST(readback->reader.empty());
}

BOOST_AUTO_TEST_CASE(impossible_places_are_a_breach) {
  for (const char* path : {"", "a[", "path.x", "path[99999999999]", "list[200000]"}) {
    const auto readback =
        read_readback({{"parameter", "path", "a"}, {"parameter", path, "b"}}, "writer file, readback");
    BOOST_TEST_REQUIRE(!readback.has_value(), path);
    BOOST_TEST(readback.error().code == SLUICE_INTERNAL);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
