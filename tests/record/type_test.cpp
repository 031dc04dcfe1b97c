// SPDX-License-Identifier: Apache-2.0
#include "record/type.hpp"

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(type_test)

BOOST_AUTO_TEST_CASE(a_format_reads_back_as_the_type) {
  for (const Type& type : all_types()) {
    const auto back = parse_type(format_of(type));
    BOOST_TEST_REQUIRE(back.has_value(), format_of(type));
    BOOST_TEST(*back == type);
  }
}

BOOST_AUTO_TEST_CASE(formats_are_those_of_arrow) {
  BOOST_TEST(format_of({TypeId::decimal128, 38, 10}) == "d:38,10");
  BOOST_TEST(format_of({TypeId::decimal256, 76, 0}) == "d:76,0,256");
  BOOST_TEST(format_of({.id = TypeId::timestamp_us}) == "tsu:");
  BOOST_TEST(format_of({.id = TypeId::timestamp_ns, .utc = true}) == "tsn:UTC");
  BOOST_TEST(format_of({TypeId::duration_us}) == "tDu");
  BOOST_TEST(format_of({TypeId::uint64}) == "L");
}

BOOST_AUTO_TEST_CASE(any_zone_is_an_instant) {
  BOOST_TEST((parse_type("tsu:Europe/Berlin") == Type{.id = TypeId::timestamp_us, .utc = true}));
  BOOST_TEST((parse_type("d:10,-2") == Type{TypeId::decimal128, 10, -2}));
}

BOOST_AUTO_TEST_CASE(what_is_not_carried_is_refused) {
  for (const char* format : {"",           "x",       "ll",   "+s",      "+l",        "vu",      "w:16",    "e",
                             "tss:",       "tsm:UTC", "tdm",  "ttm",     "tDn",       "tiM",     "d:",      "d:39,0",
                             "d:77,0,256", "d:0,0",   "d:10", "d:10,2,", "d:10,2,64", "d:10,99", "d:10,2 ", "d:a,b"}) {
    BOOST_TEST(!parse_type(format).has_value(), format);
  }
}

BOOST_AUTO_TEST_CASE(names_are_for_people) {
  BOOST_TEST(name_of({TypeId::decimal128, 38, 10}) == "decimal(38,10)");
  BOOST_TEST(name_of({.id = TypeId::timestamp_us, .utc = true}) == "timestamp with zone");
  BOOST_TEST(name_of({TypeId::large_utf8}) == "text");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
