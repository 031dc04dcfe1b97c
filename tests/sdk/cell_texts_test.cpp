// SPDX-License-Identifier: Apache-2.0
#include "sluice/cell_texts.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "sluice/batch_builder.hpp"
#include "sluice/digits.hpp"

using namespace sluice;

namespace {

// Texts and numbers; each seventh is NULL where asked for.
Batch sample(int rows, bool has_nulls) {
  Schema schema;
  schema.add({"text", type(TypeId::utf8), true});
  schema.add({"number", type(TypeId::int32), true});
  BatchBuilder builder(schema);
  for (int i = 0; i < rows; ++i) {
    if (has_nulls && i % 7 == 3) {
      builder.column(0).append_null();
      builder.column(1).append_null();
      continue;
    }
    builder.column(0).append_text(std::string(static_cast<size_t>(i % 40), static_cast<char>('a' + i % 26)));
    builder.column(1).append<int32_t>(i * 1000 - 5000);
  }
  ArrowArray raw{};
  builder.finish(&raw);
  return Batch(&raw);
}

std::string cell(const CellTexts& cells, size_t row) {
  std::string text(cells.size(row) + CellTexts::padding, '#');
  const auto size = static_cast<size_t>(cells.copy(row, text.data()) - text.data());
  return text.substr(0, size);
}

char* write_number(const ColumnView& values, int64_t row, char* to) {
  return write_integer(values.value<int32_t>(row), to);
}

constexpr auto any = [](std::string_view) { return true; };

}  // namespace

BOOST_AUTO_TEST_SUITE(cell_texts)

BOOST_AUTO_TEST_CASE(texts_are_taken_as_they_stand) {
  const Batch batch = sample(200, false);
  const ColumnView column = batch.column(0, type(TypeId::utf8));
  CellTexts cells;
  BOOST_TEST_REQUIRE(cells.refer(column, 50, CellTexts::most_rows, any));
  for (size_t i = 0; i < CellTexts::most_rows; ++i)
    BOOST_TEST(cell(cells, i) == column.text(50 + static_cast<int64_t>(i)));
  BOOST_TEST((cells.all(CellTexts::most_rows).data() == column.text(50).data()));
  const auto begins_with_no_z = [](std::string_view text) { return !text.starts_with('z'); };
  BOOST_TEST(!cells.refer(column, 50, 10, begins_with_no_z));  // 51 % 26 is z's
  BOOST_TEST(cells.refer(column, 52, 10, begins_with_no_z));
  // Behind the last ones nothing may be read.
  BOOST_TEST(!cells.refer(column, 190, 10, any));
}

BOOST_AUTO_TEST_CASE(nulls_are_no_texts) {
  const Batch batch = sample(200, true);
  CellTexts cells;
  BOOST_TEST(!cells.refer(batch.column(0, type(TypeId::utf8)), 0, 10, any));
  BOOST_TEST(cells.refer(batch.column(0, type(TypeId::utf8)), 4, 6, any));
}

BOOST_AUTO_TEST_CASE(values_are_written) {
  const Batch batch = sample(100, true);
  const ColumnView column = batch.column(1, type(TypeId::int32));
  CellTexts cells;
  cells.write_each(column, 30, 50, longest_integer, "a longer text than any number's", write_number);
  for (size_t i = 0; i < 50; ++i) {
    const auto row = static_cast<int64_t>(30 + i);
    BOOST_TEST(cell(cells, i) ==
               (column.is_null(row) ? "a longer text than any number's" : std::to_string(row * 1000 - 5000)));
  }
}

BOOST_AUTO_TEST_CASE(rows_are_put_together) {
  const Batch batch = sample(10, true);
  const ColumnView texts = batch.column(0, type(TypeId::utf8)), numbers = batch.column(1, type(TypeId::int32));
  std::vector<CellTexts> cells(2);
  cells[0].append_each(0, 10, [&](int64_t row, Buffer& out) {
    const std::string quoted = texts.is_null(row) ? "" : "'" + std::string(texts.text(row)) + "'";
    out.append(quoted.data(), quoted.size());
  });
  cells[1].write_each(numbers, 0, 10, longest_integer, "", write_number);
  const auto row_text = [&](size_t row) {
    std::string text(200, '#');
    char* const end = put_cells(cells, row, text.data(), [](char* to) { return *to = ';', to + 1; });
    return text.substr(0, static_cast<size_t>(end - text.data()));
  };
  BOOST_TEST(row_text(0) == "'';-5000;");
  BOOST_TEST(row_text(2) == "'cc';-3000;");
  BOOST_TEST(row_text(3) == ";;");
  BOOST_TEST(row_text(9) == "'jjjjjjjjj';4000;");
}

BOOST_AUTO_TEST_SUITE_END()
