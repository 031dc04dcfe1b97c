// SPDX-License-Identifier: Apache-2.0
#include "odbc/column_type.hpp"

#include <boost/test/unit_test.hpp>

#include "odbc/parameter_codec.hpp"
#include "odbc/result_codec.hpp"

using namespace sluice;
using namespace sluice::odbc;

namespace {
const Product& postgresql = product_named("PostgreSQL");
const Product& sqlite = product_named("SQLite");
const Product& other = product_named("Some database");

TypeId id_of(const ColumnType& type, const Product& product = other) { return arrow_type(type, product).type.id; }
}  // namespace

BOOST_AUTO_TEST_SUITE(column_type)

BOOST_AUTO_TEST_CASE(integers_have_their_width_and_sign) {
  BOOST_TEST((id_of({.sql = SQL_TINYINT}) == TypeId::int8));
  BOOST_TEST((id_of({.sql = SQL_BIGINT, .is_unsigned = true}) == TypeId::uint64));
  BOOST_TEST((id_of({.sql = SQL_SMALLINT}, sqlite) == TypeId::int64));
  BOOST_TEST((id_of({.sql = SQL_VARCHAR, .size = 5, .name = "bool"}) == TypeId::boolean));
}

BOOST_AUTO_TEST_CASE(decimals_beyond_76_digits_are_texts) {
  const auto exact = arrow_type({.sql = SQL_DECIMAL, .size = 65, .digits = 30}, other);
  BOOST_TEST((exact.type == decimal(65, 30)));
  const auto text = arrow_type({.sql = SQL_NUMERIC, .size = 1000, .digits = 500}, other);
  BOOST_TEST((text.type.id == TypeId::utf8));
  BOOST_TEST(text.meta == "decimal");
  // What psqlodbc says of a numeric without precision.
  BOOST_TEST((id_of({.sql = SQL_NUMERIC, .size = 28, .digits = 6}, postgresql) == TypeId::utf8));
}

BOOST_AUTO_TEST_CASE(seconds_finer_than_micros_have_nanos) {
  BOOST_TEST((id_of({.sql = SQL_TYPE_TIMESTAMP, .digits = 7}) == TypeId::timestamp_ns));
  BOOST_TEST((id_of({.sql = SQL_TYPE_TIMESTAMP, .digits = 6}) == TypeId::timestamp_us));
  BOOST_TEST(arrow_type({.sql = SQL_TYPE_TIMESTAMP, .name = "timestamptz"}, postgresql).type.utc);
  BOOST_TEST(!codec_to_read({.sql = SQL_TYPE_TIMESTAMP, .name = "timestamptz"}, postgresql, false).arrow.type.utc);
  BOOST_TEST(codec_to_read({.sql = SQL_TYPE_TIMESTAMP, .name = "timestamptz"}, postgresql, true).arrow.type.utc);
}

BOOST_AUTO_TEST_CASE(lengths_only_where_they_are_kept) {
  BOOST_TEST(arrow_type({.sql = SQL_VARCHAR, .size = 10, .name = "varchar"}, postgresql).length == 10);
  BOOST_TEST(arrow_type({.sql = SQL_VARCHAR, .size = 255, .name = "json"}, postgresql).length == -1);
  BOOST_TEST(arrow_type({.sql = SQL_LONGVARCHAR, .size = 8190, .name = "text"}, postgresql).length == -1);
  BOOST_TEST(arrow_type({.sql = SQL_VARCHAR, .size = 10, .name = "varchar(10)"}, sqlite).length == -1);
  BOOST_TEST(arrow_type({.sql = SQL_VARBINARY, .size = 20, .name = "varbinary"}, other).length == 20);
}

BOOST_AUTO_TEST_CASE(columns_are_selected_so_that_drivers_lose_nothing) {
  BOOST_TEST(exact_sql({.sql = SQL_TYPE_DATE}, postgresql, "\"d\"") == "CAST(\"d\" AS text)");
  BOOST_TEST(exact_sql({.sql = SQL_INTEGER}, postgresql, "\"i\"") == "\"i\"");
  BOOST_TEST(exact_sql({.sql = SQL_VARCHAR}, sqlite, "\"t\"") == "CAST(\"t\" AS BLOB)");
  BOOST_TEST(exact_sql({.sql = SQL_TYPE_DATE}, other, "\"d\"") == "\"d\"");
}

BOOST_AUTO_TEST_CASE(cells_hold_what_they_can) {
  const auto short_text = codec_to_read({.sql = SQL_VARCHAR, .size = 10}, other, false);
  BOOST_TEST(short_text.cell == 42u);  // ten emoji and the end
  BOOST_TEST(codec_to_read({.sql = SQL_LONGVARCHAR, .size = 1 << 30}, other, false).cell == longest_cell);
  BOOST_TEST(codec_to_read({.sql = SQL_GUID}, other, false).cell == 16u);
}

BOOST_AUTO_TEST_CASE(types_that_a_driver_wants_for_parameters) {
  BOOST_TEST(codec_to_write({.sql = SQL_TYPE_TIMESTAMP, .digits = 3}, other).sql_type == SQL_TYPE_TIMESTAMP);
  BOOST_TEST(codec_to_write({.sql = SQL_TYPE_TIMESTAMP, .digits = 3}, other).digits == 3);
  BOOST_TEST(codec_to_write({.sql = SQL_TYPE_TIME, .digits = 3}, other).sql_type == SQL_VARCHAR);
  BOOST_TEST(codec_to_write({.sql = SQL_GUID}, other).sql_type == SQL_GUID);
  BOOST_TEST(codec_to_write({.sql = SQL_VARCHAR, .name = "decimal(10,2)"}, sqlite).most_digits == 15);
}

BOOST_AUTO_TEST_SUITE_END()
