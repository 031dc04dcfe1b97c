// SPDX-License-Identifier: Apache-2.0
#include "sql/record_piece.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_context.hpp"
#include "sluice/batch_builder.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

namespace {

const Type int32 = type(TypeId::int32);

Batch numbers(int32_t count) {
  BatchBuilder builder(Schema({{"c", int32}}));
  for (int32_t i = 0; i < count; ++i) builder.column(0).append<int32_t>(i);
  ArrowArray raw{};
  builder.finish(&raw);
  return Batch(&raw);
}

void add(RecordPiece& piece, int32_t count, int64_t ordinal) {
  Batch batch = numbers(count);
  Columns columns = {batch.column(0, int32)};
  piece.add(std::move(batch), ordinal, std::move(columns));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_piece)

BOOST_AUTO_TEST_CASE(counts_without_the_refused) {
  RecordPiece piece;
  add(piece, 3, 10);
  add(piece, 3, 11);
  piece.refuse({.place = {0, 1}, .code = "null", .message = "m"});
  BOOST_TEST(piece.good() == 5);
  const auto place = [&](int64_t n) {
    const RecordPlace found = piece.good_at(n);
    return std::to_string(found.batch) + "." + std::to_string(found.row);
  };
  BOOST_TEST(place(0) == "0.0");
  BOOST_TEST(place(1) == "0.2");
  BOOST_TEST(place(2) == "1.0");
  BOOST_TEST(place(4) == "1.2");
  BOOST_CHECK_THROW(piece.good_at(5), Error);
  int64_t seen = 0;
  piece.for_each([&](const RecordPiece::Held&, RecordPlace) { ++seen; });
  BOOST_TEST(seen == 5);
}

BOOST_AUTO_TEST_CASE(settles_in_order_and_lets_go) {
  FakeContext context("{}");
  RecordPiece piece;
  add(piece, 3, 10);
  add(piece, 3, 11);
  piece.refuse({.place = {1, 0}, .code = "check", .message = "second"});
  piece.refuse({.place = {0, 2}, .code = "check", .message = "first"});
  piece.settle(context.context());
  BOOST_TEST_REQUIRE(context.rejects.size() == 2u);
  BOOST_TEST(context.rejects[0].message == "first");
  BOOST_TEST(context.rejects[0].batch == 10);
  BOOST_TEST(context.rejects[1].batch == 11);
  BOOST_TEST(piece.empty());
  BOOST_TEST(piece.good() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
