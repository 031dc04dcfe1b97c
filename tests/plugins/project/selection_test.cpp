// SPDX-License-Identifier: Apache-2.0
#include "selection.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "fake_context.hpp"

using namespace sluice;
using namespace sluice::project;
using sluice::tests::FakeContext;

namespace {

const Schema input({{"id", type(TypeId::int64)},
                    {"customer", type(TypeId::utf8)},
                    {"total", decimal(10, 2)},
                    {"total", type(TypeId::utf8)}});

std::optional<Selection> select_columns(FakeContext& context) {
  return select(read_wishes(context.context()), input, context.context());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(selection_test)

BOOST_AUTO_TEST_CASE(by_name_and_by_position_with_new_names) {
  FakeContext context(
      R"({"column": ["customer", {"name": "id", "as": "order"}, {"index": 2}, {"index": 3, "as": "note"}]})");
  const auto selection = select_columns(context);
  BOOST_REQUIRE_MESSAGE(selection, context.all_problems());
  BOOST_TEST((selection->sources == std::vector<size_t>{1, 0, 2, 3}));
  const char* names[] = {"customer", "order", "total", "note"};
  for (size_t i = 0; i < 4; ++i) BOOST_TEST(selection->schema[i].name == names[i]);
  BOOST_TEST((selection->schema[2].type == decimal(10, 2)));
}

BOOST_AUTO_TEST_CASE(everything_that_is_not_there_is_a_problem) {
  FakeContext context(R"({"column": ["custmer", "nothing", {"index": 4}, "total"]})");
  BOOST_TEST(!select_columns(context));
  BOOST_TEST(
      context.all_problems() ==
      "error column[0]: no such column: \"custmer\" [did you mean \"customer\"? the columns are id, customer, total, "
      "total]\n"
      "error column[1]: no such column: \"nothing\" [the columns are id, customer, total, total]\n"
      "error column[2]: no column at this position: 4 [positions run from 0 to 3: id, customer, total, total]\n"
      "error column[3]: several columns arrive under this name: \"total\" [choose one by position: {\"index\": 2}]\n");
}

BOOST_AUTO_TEST_CASE(an_element_chooses_by_one_thing) {
  FakeContext context(R"({"column": [{"as": "x"}, {"name": "id", "index": 0}]})");
  BOOST_TEST(read_wishes(context.context()).empty());
  BOOST_TEST(context.all_problems() ==
             "error column[0]: a column is chosen by its name or by its index [give one of the two]\n"
             "error column[1]: a column is chosen by its name or by its index [give one of the two]\n");
}

BOOST_AUTO_TEST_SUITE_END()
