// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "record/validate.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(select_test)

namespace {

// Rows of a column of this type, every third NULL.
Batch numbered(const Type& type, int rows) {
  Cells cells;
  for (int i = 0; i < rows; ++i) {
    if (i % 3 == 2 || type.id == TypeId::null_)
      cells.push_back({});
    else if (type.id == TypeId::boolean)
      cells.push_back(i % 2 == 0 ? "true" : "false");
    else if (is_binary(type.id))
      cells.push_back("Zg==");
    else if (type.id == TypeId::date32 || is_timestamp(type.id)) {
      cells.push_back(std::to_string(1900 + i) + "-01-01" + (type.utc ? " 00:00:00Z" : ""));
    } else if (is_time(type.id) || type.id == TypeId::duration_us)
      cells.push_back("10:00:" + std::to_string(10 + i % 50));
    else
      cells.push_back(std::to_string(i % 100));
  }
  return batch_of(type, cells);
}

}  // namespace

BOOST_AUTO_TEST_CASE(selected_rows_are_the_rows) {
  const auto seed = std::random_device()();
  BOOST_TEST_MESSAGE("seed " << seed);
  BOOST_TEST_CONTEXT("seed " << seed) {
    std::mt19937 random(seed);
    for (const Type& type : all_types()) {
      const Schema schema = one_column(type);
      const Batch batch = numbered(type, 300);
      for (const double share_kept : {0.0, 0.02, 0.5, 0.98, 1.0}) {
        std::vector<std::int64_t> rows;
        for (std::int64_t row = 0; row < batch.rows(); ++row) {
          if (std::bernoulli_distribution(share_kept)(random)) rows.push_back(row);
        }
        const Batch some = select(batch, schema, rows);
        BOOST_TEST_REQUIRE(some.rows() == static_cast<std::int64_t>(rows.size()));
        const auto problem = validate(some.raw(), schema, Validation::full);
        BOOST_TEST(!problem.has_value(), problem.value_or(""));
        for (std::size_t i = 0; i < rows.size(); ++i) {
          BOOST_TEST(text_of(some, schema, static_cast<std::int64_t>(i), 0) == text_of(batch, schema, rows[i], 0));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
