// SPDX-License-Identifier: Apache-2.0
#include "record/cast.hpp"

#include <atomic>
#include <thread>

#include "record/validate.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(cast_test)

namespace {

constexpr Type i64{TypeId::int64};
constexpr Type text{TypeId::utf8};

Cast planned(const Schema& from, const Schema& to, const CastOptions& options = {}) {
  auto cast = Cast::plan(from, to, options);
  BOOST_TEST_REQUIRE(cast.has_value());
  return std::move(*cast);
}

void never(const BadRecord& bad) { BOOST_ERROR(bad.message); }

Batch two_columns(const Schema& schema, const std::vector<boost::json::array>& rows) {
  auto batch = batch_from_json(schema, rows);
  BOOST_TEST_REQUIRE(batch.has_value(), (batch ? "" : batch.error()));
  return std::move(*batch);
}

}  // namespace

BOOST_AUTO_TEST_CASE(equal_schemas_give_the_input_itself) {
  for (const Type& type : all_types()) {
    const Cast cast = planned(one_column(type), one_column(type));
    const SharedBatch input = share(batch_of(type, {{}}));
    BOOST_TEST(cast.is_identity());
    BOOST_TEST((cast.apply(input, never).batch == input));
  }
}

BOOST_AUTO_TEST_CASE(columns_that_stay_share_their_memory) {
  const Schema from = Schema::make({{"a", text}, {"b", i64}});
  const Schema to = Schema::make({{"a", text}, {"b", text}});
  const SharedBatch input = share(two_columns(from, {{"one", 1}, {nullptr, 2}}));
  std::weak_ptr<const Batch> watch = input;
  CastResult result = planned(from, to).apply(input, never);
  BOOST_TEST(result.batch->column(0).buffers[2] == input->column(0).buffers[2]);
  BOOST_TEST(result.rows.empty());
  BOOST_TEST(text_of(*result.batch, to, 1, 1) == "2");
  BOOST_TEST(watch.use_count() == 2);
  result = {};
  BOOST_TEST(watch.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(bad_records_are_named_and_left_out) {
  const Schema from = Schema::make({{"a", text}, {"b", text}});
  const Schema to = Schema::make({{"a", i64}, {"b", {TypeId::int8}}});
  const SharedBatch input =
      share(two_columns(from, {{"1", "1"}, {"x", "500"}, {"3", "500"}, {"4", "4"}, {"99999999999999999999", ""}}));
  std::vector<std::string> bad;
  const CastResult result = planned(from, to).apply(input, [&](const BadRecord& record) {
    bad.push_back(std::to_string(record.row) + " " + std::to_string(record.column) + " " + std::string(record.code) +
                  ": " + std::string(record.message));
  });
  const std::vector<std::string> expected{"1 0 parse: the text is not such a value, text to int64",
                                          "2 1 range: the value is outside the range, text to int8",
                                          "4 0 range: the value is outside the range, text to int64"};
  BOOST_TEST(bad == expected, boost::test_tools::per_element());
  BOOST_TEST((result.rows == std::vector<std::int64_t>{0, 3}));
  BOOST_TEST(result.batch->rows() == 2);
  BOOST_TEST(text_of(*result.batch, to, 1, 0) == "4");
  BOOST_TEST(!validate(result.batch->raw(), to, Validation::full).has_value());
}

BOOST_AUTO_TEST_CASE(a_batch_may_be_bad_as_a_whole) {
  const SharedBatch input = share(batch_of(text, {"x", "y"}));
  int bad = 0;
  const CastResult result = planned(one_column(text), one_column(i64)).apply(input, [&](const BadRecord&) { ++bad; });
  BOOST_TEST(bad == 2);
  BOOST_TEST(result.batch->rows() == 0);
  BOOST_TEST(result.rows.empty());
}

BOOST_AUTO_TEST_CASE(required_values) {
  const Schema to = one_column(i64, {{"sluice.required", "1"}});
  const auto answers = cast_cells(one_column(i64), to, share(batch_of(i64, {"1", {}, "3"})));
  BOOST_TEST(answers == (std::vector<std::string>{"1", "!null", "3"}), boost::test_tools::per_element());
  const auto nulls = cast_cells(one_column({TypeId::null_}), to, share(batch_of({TypeId::null_}, {{}})));
  BOOST_TEST(nulls.front() == "!null");
  const Cast cast = planned(one_column(i64), to);
  BOOST_TEST(!cast.is_identity());
  const SharedBatch full = share(batch_of(i64, {"1"}));
  BOOST_TEST((cast.apply(full, never).batch == full));
}

BOOST_AUTO_TEST_CASE(lengths_count_characters_or_bytes) {
  const Metadata three{{"sluice.length", "3"}};
  const auto texts =
      cast_cells(one_column(text), one_column(text, three), share(batch_of(text, {"äöü", "abcd", "", {}, "😀😀😀😀"})));
  BOOST_TEST(texts == (std::vector<std::string>{"äöü", "!too-long", "", "NULL", "!too-long"}),
             boost::test_tools::per_element());
  const auto numbers = cast_cells(one_column(i64), one_column(text, three), share(batch_of(i64, {"123", "1234"})));
  BOOST_TEST(numbers == (std::vector<std::string>{"123", "!too-long"}), boost::test_tools::per_element());
  const Type bytes{TypeId::binary};
  const auto binaries = cast_cells(one_column(text), one_column(bytes, three), share(batch_of(text, {"abc", "äö"})));
  BOOST_TEST(binaries == (std::vector<std::string>{"0x616263", "!too-long"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_length_stands_in_the_message) {
  const Cast cast = planned(one_column(text), one_column(text, {{"sluice.length", "3"}}));
  std::string message;
  cast.apply(share(batch_of(text, {"secret"})), [&](const BadRecord& bad) { message = bad.message; });
  BOOST_TEST(message == "the value is longer than the column: 3 characters");
}

BOOST_AUTO_TEST_CASE(all_problems_at_once) {
  const Schema from = Schema::make({{"a", {TypeId::binary}}, {"b", i64}, {"c", i64}});
  const Schema to = Schema::make({{"x", i64}, {"y", {TypeId::date32}}});
  const auto cast = Cast::plan(from, to);
  BOOST_TEST_REQUIRE(!cast.has_value());
  std::vector<std::string> texts;
  for (const CastProblem& problem : cast.error()) {
    texts.push_back(std::to_string(problem.column) + " " + problem.text);
    BOOST_TEST(!problem.advice.empty());
  }
  const std::vector<std::string> expected{"-1 reader and writer have different numbers of columns: 3 and 2",
                                          "0 column 1 'a': binary cannot be written to int64 'x'",
                                          "1 column 2 'b': int64 cannot be written to date 'y'"};
  BOOST_TEST(texts == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_cast_serves_many_lanes) {
  const Type wall{.id = TypeId::timestamp_us};
  const Schema to = one_column({.id = TypeId::timestamp_us, .utc = true});
  const Cast cast = planned(one_column(wall), to, {"Europe/Berlin"});
  const SharedBatch input = share(batch_of(wall, Cells(1000, "2024-07-01 12:00:00")));
  std::vector<std::thread> lanes;
  std::atomic<int> right = 0;
  for (int i = 0; i < 4; ++i) {
    lanes.emplace_back([&] {
      const CastResult result = cast.apply(input, [](const BadRecord&) {});
      right += text_of(*result.batch, to, 999, 0) == "2024-07-01 10:00:00+00:00";
    });
  }
  for (std::thread& lane : lanes) lane.join();
  BOOST_TEST(right == 4);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
