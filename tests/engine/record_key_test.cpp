// SPDX-License-Identifier: Apache-2.0
#include "engine/record_key.hpp"

#include <boost/test/unit_test.hpp>

namespace sluice::engine {
namespace {

using record::Field;
using record::Schema;

Field column(std::string name, const char* key = nullptr) {
  Field field{std::move(name), {record::TypeId::int64}, true, {}};
  if (key != nullptr) field.metadata.emplace_back("sluice.key", key);
  return field;
}

using Columns = std::vector<std::size_t>;

}  // namespace

BOOST_AUTO_TEST_SUITE(record_key_test)

BOOST_AUTO_TEST_CASE(the_targets_primary_key_in_its_order) {
  const Schema target = Schema::make({column("a", "2"), column("b"), column("c", "1")});
  const Schema source = Schema::make({column("x", "1"), column("y"), column("z")});
  const auto key = choose_key(target, source, {});
  BOOST_TEST((key->columns == Columns{2, 0}));
  BOOST_TEST(!key->whole);
  BOOST_TEST((key->names(target) == std::vector<std::string>{"c", "a"}));
}

BOOST_AUTO_TEST_CASE(else_that_of_what_arrives) {
  const Schema target = Schema::make({column("a"), column("b")});
  const Schema source = Schema::make({column("x"), column("y", "1")});
  BOOST_TEST((choose_key(target, source, {})->columns == Columns{1}));
}

BOOST_AUTO_TEST_CASE(a_part_of_a_key_is_none) {
  const Schema target = Schema::make({column("a", "2"), column("b", "nonsense")});
  const auto key = choose_key(target, target, {});
  BOOST_TEST(key->whole);
  BOOST_TEST((key->columns == Columns{0, 1}));
}

BOOST_AUTO_TEST_CASE(asked_for_by_the_name_of_either_side) {
  const Schema target = Schema::make({column("a", "1"), column("b")});
  const Schema source = Schema::make({column("x"), column("y")});
  const std::vector<std::string> asked{"y", "a", "b"};
  BOOST_TEST((choose_key(target, source, asked)->columns == Columns{1, 0}));
  const std::vector<std::string> wrong{"bb"};
  BOOST_TEST(choose_key(target, source, wrong).error().message ==
             "no such column for the key: \"bb\" (did you mean \"b\"?)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::engine
