// SPDX-License-Identifier: Apache-2.0
#include "postgresql/decoder.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>

#include "postgresql/rows.hpp"
#include "sluice/batch_view.hpp"

using namespace sluice;
using namespace sluice::postgresql;
using namespace sluice::tests;

namespace {

const std::vector<ColumnCodec> two = {{Codec::int4, type(TypeId::int32)}, {Codec::text, type(TypeId::utf8)}};

Schema schema_of(const std::vector<ColumnCodec>& codecs) {
  Schema schema;
  for (const auto& codec : codecs) schema.add({"c", codec.type});
  return schema;
}

Batch finish(BatchBuilder& builder) {
  ArrowArray raw{};
  builder.finish(&raw);
  return Batch(&raw);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decoder)

BOOST_AUTO_TEST_CASE(values_and_nulls) {
  Decoder rows(two, false);
  BatchBuilder builder(schema_of(two));
  add_row(rows, {big(int32_t{-7}), "seven"});
  add_row(rows, {std::nullopt, ""});
  add_row(rows, {big(int32_t{8}), std::nullopt});
  rows.decode(builder);
  const Batch batch = finish(builder);
  const auto numbers = batch.column(0, two[0].type), texts = batch.column(1, two[1].type);
  BOOST_TEST(numbers.value<int32_t>(0) == -7);
  BOOST_TEST(numbers.is_null(1));
  BOOST_TEST(texts.text(0) == "seven");
  BOOST_TEST(texts.text(1) == "");
  BOOST_TEST(texts.is_null(2));
  BOOST_TEST(rows.unreadable().empty());
  BOOST_TEST(rows.rows() == 0u);
}

BOOST_AUTO_TEST_CASE(a_record_that_no_column_can_hold_is_left_out) {
  const std::vector<ColumnCodec> codecs = {
      {Codec::int4, type(TypeId::int32)}, {Codec::date, type(TypeId::date32)}, {Codec::timestamp, instant()}};
  Decoder rows(codecs, false);
  BatchBuilder builder(schema_of(codecs));
  const auto add = [&](int32_t id, int32_t day, int64_t moment) { add_row(rows, {big(id), big(day), big(moment)}); };
  add(1, 0, 0);
  add(2, std::numeric_limits<int32_t>::max(), 0);
  add(3, 1, std::numeric_limits<int64_t>::min());
  add(4, std::numeric_limits<int32_t>::min(), std::numeric_limits<int64_t>::max());
  add(5, -1, std::numeric_limits<int64_t>::max() - 1);
  add(6, 2, 5);
  rows.decode(builder);
  BOOST_TEST_REQUIRE(builder.size() == 2);
  std::vector<size_t> bad;
  for (const auto& one : rows.unreadable()) bad.push_back(one.row);
  BOOST_TEST(bad == (std::vector<size_t>{1, 2, 3, 4}), boost::test_tools::per_element());
  BOOST_TEST(rows.unreadable()[0].record.find("infinity") != std::string::npos);
  const Batch batch = finish(builder);
  BOOST_TEST(batch.column(0, codecs[0].type).value<int32_t>(1) == 6);
  BOOST_TEST(batch.column(1, codecs[1].type).value<int32_t>(0) == 10957);
  BOOST_TEST(batch.column(2, codecs[2].type).value<int64_t>(1) == 946684800000005);
}

BOOST_AUTO_TEST_CASE(texts_of_a_database_without_encoding_are_looked_at) {
  for (const bool check : {false, true}) {
    Decoder rows(two, check);
    BatchBuilder builder(schema_of(two));
    add_row(rows, {big(int32_t{1}), "na\xEFve"});
    rows.decode(builder);
    BOOST_TEST(rows.unreadable().size() == (check ? 1u : 0u));
  }
}

BOOST_AUTO_TEST_CASE(a_block_is_full_by_rows_or_by_bytes) {
  Decoder rows(two, false);
  add_row(rows, {big(int32_t{1}), std::string(sql::FieldBlock::most_bytes, 'x')});
  BOOST_TEST(rows.is_full());
  BatchBuilder builder(schema_of(two));
  rows.decode(builder);
  for (size_t i = 0; i < sql::FieldBlock::most_rows; ++i) {
    BOOST_TEST(!rows.is_full());
    add_row(rows, {big(int32_t{1}), "x"});
  }
  BOOST_TEST(rows.is_full());
}

BOOST_AUTO_TEST_CASE(a_broken_stream_is_an_error) {
  const auto decode = [](auto... fields) {
    Decoder rows(two, false);
    BatchBuilder builder(schema_of(two));
    add_row(rows, {fields...});
    rows.decode(builder);
  };
  BOOST_CHECK_THROW(decode(Bytes(big(int32_t{1}))), Error);
  BOOST_CHECK_THROW(decode(Bytes("abc"), Bytes("x")), Error);
  BOOST_CHECK_THROW(decode(Bytes(std::string(sql::FieldBlock::longest_copied, 'x')), Bytes("x")), Error);
}

BOOST_AUTO_TEST_SUITE_END()
