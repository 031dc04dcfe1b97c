// SPDX-License-Identifier: Apache-2.0
#include "mysql/codec.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;
using namespace sluice::mysql;

namespace {

ColumnCodec codec_for(enum_field_types type, unsigned flags = 0, unsigned long length = 0, unsigned decimals = 0,
                      unsigned collation = 63) {
  return codec_of(
      {.name = "c", .type = type, .flags = flags, .length = length, .decimals = decimals, .collation = collation});
}

constexpr unsigned utf8mb4_collation = 45;

}  // namespace

BOOST_AUTO_TEST_SUITE(codec)

BOOST_AUTO_TEST_CASE(integers_keep_their_width_and_sign) {
  BOOST_TEST((codec_for(MYSQL_TYPE_TINY).type.id == TypeId::int8));
  BOOST_TEST((codec_for(MYSQL_TYPE_TINY, UNSIGNED_FLAG).type.id == TypeId::uint8));
  BOOST_TEST((codec_for(MYSQL_TYPE_INT24).type.id == TypeId::int32));
  BOOST_TEST((codec_for(MYSQL_TYPE_LONGLONG, UNSIGNED_FLAG).type.id == TypeId::uint64));
  BOOST_TEST((codec_for(MYSQL_TYPE_YEAR, UNSIGNED_FLAG).type.id == TypeId::int16));
}

// The length counts the sign and the point.
BOOST_AUTO_TEST_CASE(decimals_are_exact) {
  BOOST_TEST((codec_for(MYSQL_TYPE_NEWDECIMAL, 0, 12, 2).type == decimal(10, 2)));
  BOOST_TEST((codec_for(MYSQL_TYPE_NEWDECIMAL, UNSIGNED_FLAG, 11, 2).type == decimal(10, 2)));
  BOOST_TEST((codec_for(MYSQL_TYPE_NEWDECIMAL, 0, 67, 30).type == decimal(65, 30)));
  BOOST_TEST((codec_for(MYSQL_TYPE_NEWDECIMAL, 0, 39, 0).type.id == TypeId::decimal128));
}

BOOST_AUTO_TEST_CASE(texts_count_characters_and_bytes_stay_bytes) {
  const ColumnCodec text = codec_for(MYSQL_TYPE_VAR_STRING, 0, 40, 0, utf8mb4_collation);
  BOOST_TEST((text.type.id == TypeId::utf8));
  BOOST_TEST(text.length == 10);
  const ColumnCodec bytes = codec_for(MYSQL_TYPE_STRING, BINARY_FLAG, 16);
  BOOST_TEST((bytes.type.id == TypeId::binary));
  BOOST_TEST(bytes.length == 16);
  BOOST_TEST(codec_for(MYSQL_TYPE_BLOB, 0, 4000, 0, utf8mb4_collation).length == -1);
}

BOOST_AUTO_TEST_CASE(a_timestamp_is_an_instant_and_a_datetime_is_not) {
  const ColumnCodec stamp = codec_for(MYSQL_TYPE_TIMESTAMP);
  BOOST_TEST(stamp.type.utc);
  BOOST_TEST(stamp.select("`at`") == "UNIX_TIMESTAMP(`at`)");
  BOOST_TEST(!codec_for(MYSQL_TYPE_DATETIME).type.utc);
  BOOST_TEST(codec_for(MYSQL_TYPE_DATETIME).select("`at`") == "`at`");
}

BOOST_AUTO_TEST_CASE(what_arrow_cannot_say_is_said_beside_it) {
  BOOST_TEST(codec_for(MYSQL_TYPE_BIT, UNSIGNED_FLAG, 9).meta == "bit");
  BOOST_TEST(codec_for(MYSQL_TYPE_ENUM, 0, 40, 0, utf8mb4_collation).meta == "enum");
  BOOST_TEST(codec_for(MYSQL_TYPE_TIME).meta == "time");
  BOOST_TEST((codec_for(MYSQL_TYPE_TIME).type.id == TypeId::duration_us));
}

BOOST_AUTO_TEST_CASE(names_in_the_servers_words) {
  BOOST_TEST(native_name({.type = MYSQL_TYPE_NEWDECIMAL, .flags = UNSIGNED_FLAG, .length = 11, .decimals = 2}) ==
             "decimal(10,2) unsigned");
  BOOST_TEST(native_name({.type = MYSQL_TYPE_VAR_STRING, .length = 40, .collation = utf8mb4_collation}) ==
             "varchar(10)");
  BOOST_TEST(native_name({.type = MYSQL_TYPE_DATETIME, .decimals = 6, .collation = 63}) == "datetime(6)");
}

BOOST_AUTO_TEST_SUITE_END()
