// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include <sluice/batch_view.hpp>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "fake_context.hpp"
#include "value_text.hpp"

using namespace sluice;
using sluice::stream::StreamReader;
using sluice::tests::FakeContext;

namespace {

struct Sink {
  SluiceSplitSink raw{sizeof(SluiceSplitSink), this,
                      [](const SluiceSplitSink* sink, const SluiceSplit* split) noexcept {
                        static_cast<Sink*>(sink->host)->splits.push_back(detail::split_of(*split));
                      }};
  std::vector<Split> splits;
};

std::vector<Split> plan(StreamReader& reader, uint32_t lanes) {
  Sink sink;
  reader.plan({.struct_size = sizeof(SluicePlanRequest), .lanes = lanes}, SplitSink(&sink.raw));
  return sink.splits;
}

// The values of a split as text, a line a record.
std::string read(FakeContext& context, const Split& split) {
  StreamReader reader(context.context());
  const Schema schema = reader.describe();
  const auto task = reader.read(context.context(), split);
  std::string lines;
  ArrowArray array;
  while (task->next(&array)) {
    const Batch batch(&array);
    for (int64_t row = 0; row < batch.size(); ++row) {
      for (size_t i = 0; i < schema.size(); ++i) {
        const ColumnView column = batch.column(i, schema[i].type);
        if (column.is_null(row))
          lines += "NULL";
        else if (column.type().is_variable())
          lines += column.text(row);
        else if (column.type().id == TypeId::boolean)
          lines += column.boolean(row) ? "true" : "false";
        else if (column.type().id == TypeId::decimal128)
          lines += std::to_string(static_cast<int64_t>(column.value<stream::Unscaled>(row)));
        else if (column.type().id == TypeId::float64)
          lines += std::to_string(column.value<double>(row));
        else
          lines += std::to_string(column.value<int64_t>(row));
        lines += ' ';
      }
      lines += '\n';
    }
  }
  return lines;
}

std::string problems(std::string_view column) {
  FakeContext context(R"({"sliceRecordCount": 1, "column": [)" + std::string(column) + "]}",
                      StreamReader::info.options);
  StreamReader::check(context.context());
  return context.all_problems();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reader_test)

BOOST_AUTO_TEST_CASE(constants_of_every_type) {
  FakeContext context(R"({"sliceRecordCount": 2, "column": [
      {"value": "text"}, {"type": "long", "value": "-7"}, {"type": "long", "value": 8}, {"type": "double", "value": 1.5},
      {"type": "boolean", "value": true}, {"type": "date", "value": "1970-01-01 00:00:01"},
      {"type": "bytes", "value": "raw"}, {"type": "decimal", "value": "12.50"}, {"type": "long", "increment": "5,10"}]})",
                      StreamReader::info.options);
  StreamReader reader(context.context());
  BOOST_TEST(read(context, plan(reader, 1).at(0)) ==
             "text -7 8 1.500000 true 1000000 raw 1250 5 \n"
             "text -7 8 1.500000 true 1000000 raw 1250 15 \n");
  BOOST_TEST(reader.describe()[7].type.scale == 2);
  BOOST_TEST(reader.describe()[1].name == "c1");
  BOOST_TEST(!reader.describe()[1].nullable);
}

BOOST_AUTO_TEST_CASE(records_depend_on_seed_split_and_position_alone) {
  const std::string parameters = R"({"sliceRecordCount": 1000, "seed": SEED, "column": [
      {"type": "long", "random": "-1000000,1000000"}, {"random": "0,40"}, {"type": "bytes", "random": "3,3"},
      {"type": "decimal", "random": "-0.5,99.99"}, {"type": "double", "random": "1,2"},
      {"type": "date", "random": "2024-01-01,2024-12-31"}, {"type": "boolean", "random": "1,1", "nullPercent": 50}]})";
  const auto with_seed = [&](const char* seed) {
    return std::string(parameters).replace(parameters.find("SEED"), 4, seed);
  };
  FakeContext first(with_seed("1"), StreamReader::info.options), again(with_seed("1"), StreamReader::info.options),
      other(with_seed("2"), StreamReader::info.options);
  StreamReader reader(first.context());
  const auto splits = plan(reader, 3);
  BOOST_REQUIRE(splits.size() == 3u);
  const std::string one = read(first, splits[1]);
  again.target(7, 100);  // other batches, the same records
  BOOST_TEST((one == read(again, splits[1])));
  BOOST_TEST((one != read(first, splits[2])));
  BOOST_TEST((one != read(other, splits[1])));
}

BOOST_AUTO_TEST_CASE(random_values_stay_within_their_bounds) {
  FakeContext context(R"({"sliceRecordCount": 5000, "column": [{"type": "long", "random": "8,15"}]})",
                      StreamReader::info.options);
  StreamReader reader(context.context());
  const std::string lines = read(context, plan(reader, 1).at(0));
  for (int value = 8; value <= 15; ++value) BOOST_TEST(lines.find(std::to_string(value) + " ") != std::string::npos);
  for (const char* outside : {"\n7 ", "\n16 "}) BOOST_TEST(lines.find(outside) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_widest_bounds_do_not_overflow) {
  FakeContext context(R"({"sliceRecordCount": 100, "column": [
      {"type": "long", "random": "-9223372036854775808,9223372036854775807"},
      {"type": "decimal", "random": "-99999999999999999999999999999999999999,99999999999999999999999999999999999999"},
      {"type": "long", "increment": "9223372036854775807,1"}]})",
                      StreamReader::info.options);
  StreamReader reader(context.context());
  BOOST_TEST(!read(context, plan(reader, 1).at(0)).empty());
}

BOOST_AUTO_TEST_CASE(batches_respect_their_target) {
  FakeContext context(R"({"sliceRecordCount": 3, "column": [{"random": "1000,1000"}]})", StreamReader::info.options);
  context.target(8192, 500);
  StreamReader reader(context.context());
  const auto task = reader.read(context.context(), plan(reader, 1).at(0));
  ArrowArray array;
  for (int i = 0; i < 3; ++i) {
    BOOST_REQUIRE(task->next(&array));
    BOOST_TEST(Batch(&array).size() == 1);
  }
  BOOST_TEST(!task->next(&array));
}

BOOST_AUTO_TEST_CASE(every_bad_column_is_a_problem) {
  BOOST_TEST(
      problems(R"({"type": "long"})") ==
      "error column[0]: the column has nothing to make its values from [give one of value, random and increment]\n");
  BOOST_TEST(problems(R"({"value": "a", "random": "1,2"})") ==
             "error column[0]: value, random and increment exclude one another [give one of value, random]\n");
  BOOST_TEST(problems(R"({"type": "long", "value": "12x"}, {"type": "date", "value": "yesterday"})") ==
             "error column[0].value: not a value of type long: \"12x\" []\n"
             "error column[1].value: not a value of type date: \"yesterday\" [write it as 2024-01-31 or 2024-01-31 "
             "12:00:00]\n");
  BOOST_TEST(problems(R"({"type": "long", "random": "15,8"})") ==
             "error column[0].random: the second bound is below the first: \"15,8\" [swap them]\n");
  BOOST_TEST(problems(R"({"type": "double", "random": "1"})") ==
             "error column[0].random: not two bounds of the column's type: \"1\" [write \"0.5,1.5\"]\n");
  BOOST_TEST(problems(R"({"type": "boolean", "random": "0,0"})") ==
             "error column[0].random: not the weights of false and true: \"0,0\" [write \"1,1\" for equal shares]\n");
  BOOST_TEST(problems(R"({"random": "-1,5"})") ==
             "error column[0].random: a length must be from 0 to 1073741824: \"-1,5\" []\n");
  BOOST_TEST(problems(R"({"increment": "1,1"})") ==
             "error column[0].increment: only columns of type long can count up: type is string [give one of value, "
             "random]\n");
  BOOST_TEST(problems(R"({"type": "long", "increment": "1"})") ==
             "error column[0].increment: not a start and a step: \"1\" [write \"1,1\"]\n");
}

BOOST_AUTO_TEST_SUITE_END()
