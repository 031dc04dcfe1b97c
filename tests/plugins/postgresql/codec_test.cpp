// SPDX-License-Identifier: Apache-2.0
#include "postgresql/codec.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;
using namespace sluice::postgresql;

namespace {

// atttypmod of numeric(precision, scale)
int32_t modifier(int precision, int scale) { return (precision << 16 | (scale & 0x7FF)) + 4; }

ServerType numeric(int precision, int scale) { return {.oid = oids::numeric, .modifier = modifier(precision, scale)}; }

Field field(Type type, std::string native = "") { return Field{"c", type}.with(SLUICE_META_NATIVE, std::move(native)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(codec)

BOOST_AUTO_TEST_CASE(numerics_become_decimals_when_they_fit) {
  BOOST_TEST((codec_to_read(numeric(12, 2)).type == decimal(12, 2)));
  BOOST_TEST((codec_to_read(numeric(40, 10)).type == decimal(40, 10)));
  BOOST_TEST((codec_to_read(numeric(2, -3)).type == decimal(5, 0)));
  BOOST_TEST((codec_to_read(numeric(3, 5)).type == decimal(5, 5)));
  for (const auto& open : {numeric(77, 0), numeric(1000, 500), ServerType{.oid = oids::numeric}}) {
    BOOST_TEST((codec_to_read(open).type.id == TypeId::utf8));
    BOOST_TEST(codec_to_read(open).meta == "decimal");
  }
}

BOOST_AUTO_TEST_CASE(lengths_and_precisions_come_from_the_modifier) {
  BOOST_TEST(codec_to_read({.oid = oids::varchar, .modifier = 14}).length == 10);
  BOOST_TEST(codec_to_read({.oid = oids::varchar}).length == -1);
  BOOST_TEST(codec_to_read({.oid = oids::timestamp, .modifier = 3}).precision == 3);
  BOOST_TEST(codec_to_read({.oid = oids::timestamp}).precision == 6);
  BOOST_TEST(codec_to_read({.oid = oids::timestamptz}).type.utc);
  BOOST_TEST(!codec_to_read({.oid = oids::timestamp}).type.utc);
}

BOOST_AUTO_TEST_CASE(what_is_unknown_is_read_as_text) {
  const auto codec = codec_to_read({.oid = 99999, .name = "hstore"});
  BOOST_TEST(codec.cast == "::text");
  BOOST_TEST(codec.meta == "hstore");
  BOOST_TEST((codec.codec == Codec::as_text));
  BOOST_TEST(codec_to_read({.oid = 1007, .name = "_int4"}).meta == "array");
  BOOST_TEST((codec_to_read({.oid = 99999, .kind = 'e', .name = "mood"}).codec == Codec::text));
}

BOOST_AUTO_TEST_CASE(an_open_numeric_takes_what_arrives) {
  const ServerType open{.oid = oids::numeric};
  BOOST_TEST((codec_to_write(open, field(decimal(30, 5))).type == decimal(30, 5)));
  BOOST_TEST((codec_to_write(open, field(type(TypeId::uint64))).type == decimal(20, 0)));
  BOOST_TEST((codec_to_write(open, field(type(TypeId::utf8))).codec == Codec::numeric_text));
  BOOST_TEST((codec_to_write(numeric(5, 1), field(type(TypeId::utf8))).type == decimal(5, 1)));
  BOOST_TEST((codec_to_write(numeric(2, -3), field(type(TypeId::int32))).scale == -3));
}

BOOST_AUTO_TEST_CASE(what_the_server_would_round_is_refused) {
  const ServerType interval{.oid = oids::interval, .modifier = 0x7FFF0000, .name = "interval", .native = "interval(0)"};
  BOOST_TEST(!codec_to_write(interval, field(type(TypeId::utf8), "interval")).refusal.empty());
  BOOST_TEST(codec_to_write(interval, field(type(TypeId::utf8), "interval(0)")).refusal.empty());
  BOOST_TEST(!codec_to_write({.oid = oids::money, .name = "money"}, field(type(TypeId::utf8))).refusal.empty());
}

BOOST_AUTO_TEST_SUITE_END()
