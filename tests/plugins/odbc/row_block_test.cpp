// SPDX-License-Identifier: Apache-2.0
#include "odbc/row_block.hpp"

#include <boost/test/unit_test.hpp>

#include "scratch_database.hpp"
#include "sluice/batch_view.hpp"

using namespace sluice;
using namespace sluice::odbc;
using sluice::tests::ScratchDatabase;

namespace {

struct Result {
  std::vector<std::string> texts;  // of the last column
  std::vector<BadRecord> bad;
};

// Reads what `sql` selects with the types that the driver describes.
Result read(Connection& connection, const std::string& sql, int64_t fetch_size = 0) {
  Statement statement(connection, "test");
  statement.prepare(sql);
  std::vector<ResultCodec> codecs;
  Schema schema;
  for (const auto& column : statement.describe()) {
    codecs.push_back(codec_to_read(column.type, connection.product(), false));
    schema.add({column.name, codecs.back().arrow.type});
  }
  BufferMemory memory;
  RowBlock block(statement, codecs, fetch_size, memory);
  BatchBuilder builder(schema);
  statement.execute();
  Result result;
  while (block.fetch())
    while (!block.is_empty())
      block.decode(builder, 1000, 1 << 20, [&](BadRecord bad) { result.bad.push_back(std::move(bad)); });
  ArrowArray array{};
  builder.finish(&array);
  const Batch batch(&array);
  const auto view = batch.column(schema.size() - 1, schema[schema.size() - 1].type);
  for (int64_t row = 0; row < view.size(); ++row)
    result.texts.push_back(view.is_null(row) ? "NULL" : std::string(view.text(row)));
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(row_block)

BOOST_AUTO_TEST_CASE(long_values_are_whole) {
  const ScratchDatabase database;
  Connection connection(database.settings());
  connection.execute("CREATE TABLE t (id INTEGER, s VARCHAR(10))", "test");
  const std::string end(100'000, 'x');
  connection.execute("INSERT INTO t VALUES (1, ''), (2, NULL), (3, 'short'), (4, '" + end + "😀'), (5, 'z')", "test");
  const auto result = read(connection, "SELECT id, s FROM t ORDER BY id");
  BOOST_TEST(result.bad.empty());
  BOOST_TEST(result.texts == (std::vector<std::string>{"", "NULL", "short", end + "😀", "z"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_bad_cell_costs_its_record) {
  const ScratchDatabase database;
  Connection connection(database.settings());
  connection.execute("CREATE TABLE t (n INTEGER, d DATE, s TEXT)", "test");
  connection.execute(
      "INSERT INTO t VALUES (1, '2024-02-29', 'a'), ('x', '2024-02-29', 'b'), (3, 'soon', 'c'), "
      "(9223372036854775807, NULL, 'd')",
      "test");
  const auto result = read(connection, "SELECT n, d, s FROM t ORDER BY rowid");
  BOOST_TEST(result.texts == (std::vector<std::string>{"a", "d"}), boost::test_tools::per_element());
  BOOST_REQUIRE(result.bad.size() == 2u);
  BOOST_TEST(result.bad[0].column == 0);
  BOOST_TEST(result.bad[0].raw == "x");
  BOOST_TEST(result.bad[1].column == 1);
  BOOST_TEST(result.bad[1].code == "parse");
}

BOOST_AUTO_TEST_SUITE_END()
