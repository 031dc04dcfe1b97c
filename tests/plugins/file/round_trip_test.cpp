// SPDX-License-Identifier: Apache-2.0
// What is written and read again is what it was: random values of all types through all formats.
#include <boost/test/unit_test.hpp>
#include <limits>

#include "jobs.hpp"
#include "random_text.hpp"
#include "temporary_directory.hpp"

using namespace sluice;
using namespace sluice::file;
using namespace sluice::file::tests;

namespace {

__extension__ typedef __int128 Int128;

const Schema schema({{"text", type(TypeId::utf8)},
                     {"long", type(TypeId::int64)},
                     {"ulong", type(TypeId::uint64)},
                     {"double", type(TypeId::float64)},
                     {"boolean", type(TypeId::boolean)},
                     {"decimal", decimal(38, 7)},
                     {"date", type(TypeId::date32)},
                     {"timestamp", wall_clock()},
                     {"instant", instant()},
                     {"time", type(TypeId::time64_us)},
                     {"bytes", type(TypeId::binary)}});

const std::string columns =
    R"x("column": [{"name": "text"}, {"name": "long", "type": "long"}, {"name": "ulong", "type": "ulong"},
  {"name": "double", "type": "double"}, {"name": "boolean", "type": "boolean"}, {"name": "decimal", "type": "decimal(38,7)"
},
  {"name": "date", "type": "date", "format": "yyyy-MM-dd"}, {"name": "timestamp", "type": "timestamp"},
  {"name": "instant", "type": "instant"}, {"name": "time", "type": "time"}, {"name": "bytes", "type": "bytes"}])x";

std::int64_t any_long(Random& random) {
  const std::int64_t extremes[] = {0, -1, std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max()};
  return below(random, 8) == 0 ? extremes[below(random, 4)] : static_cast<std::int64_t>(random()) >> below(random, 64);
}

std::string any_text(Random& random, bool is_plain) {
  static const std::string pieces[] = {"a",
                                       " ",
                                       "\"",
                                       ",",
                                       "\n",
                                       "\r\n",
                                       "\\N",
                                       "\\",
                                       "\xF0\x9F\x98\x80",
                                       "\xC3\xA9",
                                       "\t",
                                       "#",
                                       std::string(1, '\0'),
                                       "'",
                                       "{",
                                       "\xEF\xBB\xBF"};
  static const std::string plain[] = {"a", " ", "\xC3\xA9", "'", "{", "\"", "x\\Ny"};
  std::string text;
  for (std::size_t i = below(random, 6); i > 0; --i)
    text += is_plain ? plain[below(random, std::size(plain))] : pieces[below(random, std::size(pieces))];
  return text;
}

// A timestamp within the years 1 to 9999.
std::int64_t any_micros(Random& random) {
  const std::int64_t first = -62135596800, last = 253402300799;
  const auto seconds = first + static_cast<std::int64_t>(below(random, static_cast<std::size_t>(last - first)));
  const auto micros = below(random, 2) == 0 ? 0 : static_cast<std::int64_t>(below(random, 1000000));
  return seconds * 1000000 + micros;
}

Int128 any_decimal(Random& random) {
  Int128 value = 0;
  for (std::size_t digits = below(random, 39); digits > 0; --digits)
    value = value * 10 + static_cast<Int128>(below(random, 10));
  return below(random, 2) == 0 ? value : -value;
}

double any_double(Random& random) {
  if (below(random, 20) == 0) return std::numeric_limits<double>::infinity();
  const std::uint64_t bits = random();
  double value;
  std::memcpy(&value, &bits, 8);
  return value == value ? value : 0.1;
}

void append_row(BatchBuilder& builder, Random& random, bool is_plain) {
  const auto column = [&](std::size_t index, auto append) {
    if (below(random, 6) == 0)
      builder.column(index).append_null();
    else
      append(builder.column(index));
  };
  column(0, [&](ColumnBuilder& to) { to.append_text(any_text(random, is_plain)); });
  column(1, [&](ColumnBuilder& to) { to.append(any_long(random)); });
  column(2, [&](ColumnBuilder& to) { to.append(static_cast<std::uint64_t>(any_long(random))); });
  column(3, [&](ColumnBuilder& to) { to.append(any_double(random)); });
  column(4, [&](ColumnBuilder& to) { to.append_boolean(below(random, 2) == 0); });
  column(5, [&](ColumnBuilder& to) { to.append(any_decimal(random)); });
  column(6, [&](ColumnBuilder& to) { to.append(static_cast<std::int32_t>(any_micros(random) / 86400000000)); });
  column(7, [&](ColumnBuilder& to) { to.append(any_micros(random)); });
  column(8, [&](ColumnBuilder& to) { to.append(any_micros(random)); });
  column(9, [&](ColumnBuilder& to) { to.append(static_cast<std::int64_t>(random() % 86400000000)); });
  column(10, [&](ColumnBuilder& to) { to.append_text(std::string(below(random, 5), static_cast<char>(random()))); });
}

Batch any_batch(Random& random, int rows, bool is_plain, std::vector<Row>& all) {
  BatchBuilder builder(schema);
  for (int i = 0; i < rows; ++i) append_row(builder, random, is_plain);
  ArrowArray array{};
  builder.finish(&array);
  Batch batch(&array);
  for (int row = 0; row < rows; ++row) {
    Row values;
    for (std::size_t i = 0; i < schema.size(); ++i) values.push_back(value_at(batch.column(i, schema[i].type), row));
    all.push_back(std::move(values));
  }
  return batch;
}

void check_round_trip(const std::string& writer, const std::string& reader, bool is_plain) {
  const auto seed = chosen_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed << " " << writer);
  Random random(seed);
  const TemporaryDirectory directory;
  std::vector<Row> wanted;
  WriteRun run(R"({"path": ")" + directory.path() + R"(", "fileName": "f", "writeSingleObject": true, )" + writer + "}",
               schema);
  for (const char* key : {"1", "2", "3"}) {
    std::vector<Batch> batches;
    for (int i = 0; i < 3; ++i) batches.push_back(any_batch(random, 300, is_plain, wanted));
    run.split(key, std::move(batches));
  }
  run.complete();
  BOOST_TEST(run.rejects.empty());
  const auto outcome = read_all(R"({"path": ")" + (directory / "f") + "\", " + reader + ", " + columns + "}");
  BOOST_TEST(outcome.rejects.empty());
  BOOST_REQUIRE(outcome.rows.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) BOOST_REQUIRE_EQUAL(outcome.rows[i], wanted[i]);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(round_trip_test)

BOOST_AUTO_TEST_CASE(csv) { check_round_trip(R"("writeHeader": true)", R"("skipHeader": true)", false); }

BOOST_AUTO_TEST_CASE(csv_with_other_delimiters) {
  check_round_trip(R"("writeHeader": true, "fieldDelimiter": "\\t", "nullFormat": "", "lineDelimiter": "\r\n")",
                   R"("skipHeader": true, "fieldDelimiter": "\\t", "nullFormat": "")", false);
  check_round_trip(R"("writeHeader": true, "fieldDelimiter": "-", "nullFormat": "0")",
                   R"("skipHeader": true, "fieldDelimiter": "-", "nullFormat": "0")", false);
}

BOOST_AUTO_TEST_CASE(csv_in_another_encoding) {
  check_round_trip(R"("writeHeader": true, "encoding": "UTF-16LE")", R"("skipHeader": true, "encoding": "UTF-16LE")",
                   false);
  check_round_trip(R"("writeHeader": true, "encoding": "GB18030", "compress": "zstd")",
                   R"("skipHeader": true, "encoding": "GB18030", "compress": "zstd")", false);
}

BOOST_AUTO_TEST_CASE(json_lines) { check_round_trip(R"("fileFormat": "jsonl")", R"("fileFormat": "jsonl")", false); }

BOOST_AUTO_TEST_CASE(text) {
  check_round_trip(
      R"("fileFormat": "text", "writeHeader": true, "fieldDelimiter": "|~|", "lineDelimiter": "\\u0001\\n", "compress": "gzip")",
      R"("fileFormat": "text", "skipHeader": true, "fieldDelimiter": "|~|", "lineDelimiter": "\\u0001\\n", "compress": "gzip")",
      true);
}

BOOST_AUTO_TEST_SUITE_END()
