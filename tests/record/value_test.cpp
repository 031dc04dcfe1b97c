// SPDX-License-Identifier: Apache-2.0
#include "record/value.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

#include "record/builder.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(value_test)

namespace {

namespace json = boost::json;

std::string json_text(const Type& type, const std::string& cell) {
  return json::serialize(json_of(batch_of(type, {cell}), one_column(type), 0, 0));
}

template <class T>
Batch one_value(const Schema& schema, T value) {
  BatchBuilder builder(schema);
  builder.column(0).append(value);
  return builder.finish();
}

}  // namespace

BOOST_AUTO_TEST_CASE(cells_as_json) {
  BOOST_TEST(json_text({TypeId::int64}, "-9223372036854775808") == "-9223372036854775808");
  BOOST_TEST(json_text({TypeId::uint64}, "18446744073709551615") == "18446744073709551615");
  BOOST_TEST(json_text({TypeId::boolean}, "true") == "true");
  BOOST_TEST(json_text({TypeId::float64}, "NaN") == "\"NaN\"");
  BOOST_TEST(json_text({TypeId::float64}, "-Infinity") == "\"-Infinity\"");
  BOOST_TEST(json_text({TypeId::decimal128, 38, 2}, "0.1") == "\"0.10\"");
  BOOST_TEST(json_text({TypeId::utf8}, "a\"😀") == "\"a\\\"😀\"");
  BOOST_TEST(json_text({TypeId::binary}, "/wA=") == "{\"base64\":\"/wA=\"}");
  BOOST_TEST(json_text({.id = TypeId::timestamp_us, .utc = true}, "2024-02-29 00:00:00Z") ==
             "\"2024-02-29 00:00:00+00:00\"");
  BOOST_TEST(json::serialize(json_of(batch_of({TypeId::int8}, {{}}), one_column({TypeId::int8}), 0, 0)) == "null");
}

BOOST_AUTO_TEST_CASE(records_as_json) {
  const Schema schema = Schema::make({{"a", {TypeId::int8}}, {"b", {TypeId::utf8}}, {"a", {TypeId::int8}}});
  const std::vector<json::array> rows{{1, "x", 3}};
  const auto batch = batch_from_json(schema, rows);
  BOOST_TEST(json::serialize(json_of(*batch, schema, 0)) == "{\"a\":1,\"b\":\"x\",\"a#3\":3}");
}

BOOST_AUTO_TEST_CASE(doubles_survive_json_text) {
  const Schema schema = one_column({TypeId::float64});
  for (const double value :
       {0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e15, 123456789.123456789, 5.0, 0.1 + 0.2, 1e-200 / 3}) {
    const std::string text = json::serialize(json_of(one_value(schema, value), schema, 0, 0));
    const std::vector<json::array> rows{{json::parse(text)}};
    const auto back = batch_from_json(schema, rows);
    BOOST_TEST_REQUIRE(back.has_value());
    BOOST_TEST(text_of(*back, schema, 0, 0) == text_of(one_value(schema, value), schema, 0, 0));
  }
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_travels_as_bytes) {
  const Schema schema = one_column({TypeId::utf8});
  BatchBuilder builder(schema);
  builder.column(0).append_bytes("a\xff");
  const Batch batch = builder.finish();
  const json::value value = json_of(batch, schema, 0, 0);
  BOOST_TEST(json::serialize(value) == "{\"base64\":\"Yf8=\"}");
  const std::vector<json::array> rows{{value}};
  BOOST_TEST(text_of(*batch_from_json(schema, rows), schema, 0, 0) == "a\xff");
}

BOOST_AUTO_TEST_CASE(limits_of_the_schema_do_not_stop_a_replay) {
  const Schema schema = Schema::make({{"x", {TypeId::utf8}, true, {{"sluice.length", "1"}, {"sluice.required", "1"}}}});
  const std::vector<json::array> rows{{"long"}, {nullptr}};
  BOOST_TEST(batch_from_json(schema, rows)->rows() == 2);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_named) {
  const Schema schema = Schema::make({{"a", {TypeId::int8}}, {"b", {TypeId::binary}}});
  const auto problem = [&](std::vector<json::array> rows) { return batch_from_json(schema, rows).error(); };
  const json::value bytes{{"base64", ""}};
  BOOST_TEST(problem({{1}}) == "record 1: wrong number of values: 1, not 2");
  BOOST_TEST(problem({{1, bytes}, {300, bytes}}) ==
             "record 2, column 1 'a': the value is outside the range, text to int8");
  BOOST_TEST(problem({{json::array{}, bytes}}) == "record 1, column 1 'a': not a value of this column");
  BOOST_TEST(problem({{1, "plain"}}) == "record 1, column 2 'b': not a value of this column");
  BOOST_TEST(problem({{1, json::value{{"base64", "Zg"}}}}) == "record 1, column 2 'b': not a value of this column");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
