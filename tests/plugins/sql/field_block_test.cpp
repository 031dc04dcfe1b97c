// SPDX-License-Identifier: Apache-2.0
#include "sql/field_block.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "sluice/batch_view.hpp"
#include "sql/decode_fields.hpp"

using namespace sluice;
using namespace sluice::sql;

namespace {

using Row = std::vector<std::optional<std::string>>;

// As readers do; `kept` owns what is not copied.
void add(FieldBlock& block, const Row& row, std::deque<std::string>& kept) {
  std::string bytes;
  for (const auto& value : row) bytes += value.value_or("");
  char* at = block.room(bytes.size());
  const bool is_copied = at != nullptr;
  if (!is_copied) at = kept.emplace_back(bytes).data();
  if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
  size_t column = 0;
  for (const auto& value : row) {
    FieldBytes& field = block.column(column++)[block.rows()];
    field = value ? FieldBytes{at, static_cast<int64_t>(value->size())} : FieldBytes{nullptr, -1};
    if (value) at += value->size();
  }
  block.end_row(bytes.size(), is_copied);
}

// A digit is an int32, "x" is none; then a text.
void decode_one(const FieldColumn& column, ColumnBuilder& to, Unreadable& unreadable) {
  if (column.index == 1) return decode_texts(column, to);
  decode_fixed<int32_t>(column, to, unreadable, [](std::string_view text, int32_t& value) {
    value = text[0] - '0';
    return text == "x" ? Fault{"parse", "no digit"} : Fault{};
  });
}

std::string row_name(size_t row) { return "row " + std::to_string(row); }

const Schema two({{"n", type(TypeId::int32)}, {"t", type(TypeId::utf8)}});

std::string shown(const Batch& batch) {
  const ColumnView numbers = batch.column(0, type(TypeId::int32)), texts = batch.column(1, type(TypeId::utf8));
  std::string all;
  for (int64_t row = 0; row < batch.size(); ++row) {
    all += numbers.is_null(row) ? "-" : std::to_string(numbers.value<int32_t>(row));
    all += texts.is_null(row) ? "- " : std::string(texts.text(row)) + " ";
  }
  return all;
}

Batch finish(BatchBuilder& builder) {
  ArrowArray raw{};
  builder.finish(&raw);
  return Batch(&raw);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(field_block)

BOOST_AUTO_TEST_CASE(values_and_nulls_block_after_block) {
  FieldBlock block(2);
  BatchBuilder builder(two);
  std::deque<std::string> kept;
  add(block, {"1", "one"}, kept);
  add(block, {"2", ""}, kept);
  BOOST_TEST(block.decode(builder, decode_one, row_name).empty());
  BOOST_TEST(block.rows() == 0u);
  add(block, {std::nullopt, "a text of more than sixteen bytes"}, kept);
  add(block, {"4", std::nullopt}, kept);
  BOOST_TEST(block.decode(builder, decode_one, row_name).empty());
  BOOST_TEST(shown(finish(builder)) == "1one 2 -a text of more than sixteen bytes 4- ");
}

BOOST_AUTO_TEST_CASE(records_that_cannot_be_read_are_left_out_and_told) {
  FieldBlock block(2);
  BatchBuilder builder(two);
  std::deque<std::string> kept;
  add(block, {"0", "before"}, kept);
  block.decode(builder, decode_one, row_name);
  for (const char* number : {"x", "1", "x", "x", "2"}) add(block, {number, "t"}, kept);
  const Unreadable bad = block.decode(builder, decode_one, row_name);
  BOOST_TEST_REQUIRE(bad.size() == 3u);
  BOOST_TEST(bad[1].row == 2u);
  BOOST_TEST(bad[1].column == 0u);
  BOOST_TEST(bad[1].record == "row 2");
  BOOST_TEST(bad[1].fault.code == std::string("parse"));
  BOOST_TEST(shown(finish(builder)) == "0before 1t 2t ");
}

BOOST_AUTO_TEST_CASE(a_long_row_stays_where_it_is) {
  FieldBlock block(2);
  BatchBuilder builder(two);
  std::deque<std::string> kept;
  const std::string giant(FieldBlock::most_bytes, 'g');
  add(block, {"1", "small"}, kept);
  add(block, {"2", giant}, kept);
  BOOST_TEST(kept.size() == 1u);
  BOOST_TEST(block.is_full());
  BOOST_TEST(block.decode(builder, decode_one, row_name).empty());
  BOOST_TEST(!block.is_full());
  BOOST_TEST(shown(finish(builder)) == "1small 2" + giant + " ");
}

BOOST_AUTO_TEST_CASE(full_with_so_many_rows) {
  FieldBlock block(2);
  std::deque<std::string> kept;
  for (size_t i = 0; i < FieldBlock::most_rows; ++i) {
    BOOST_TEST(!block.is_full());
    add(block, {"1", "x"}, kept);
  }
  BOOST_TEST(block.is_full());
}

// As much as can be copied before a block is full, and the longest row that is copied behind it.
BOOST_AUTO_TEST_CASE(there_is_room_for_every_row_of_a_block) {
  FieldBlock block(2);
  BatchBuilder builder(two);
  std::deque<std::string> kept;
  const std::string longest((size_t{16} << 10) - 1, 'l');
  size_t rows = 0;
  for (; !block.is_full(); ++rows) add(block, {"1", longest}, kept);
  BOOST_TEST(kept.empty());
  BOOST_TEST(block.decode(builder, decode_one, row_name).empty());
  BOOST_TEST(builder.size() == static_cast<int64_t>(rows));
}

BOOST_AUTO_TEST_SUITE_END()
