// SPDX-License-Identifier: Apache-2.0
#include "generator.hpp"

#include <sluice/batch_view.hpp>

#include <boost/test/unit_test.hpp>
#include <optional>
#include <vector>

using namespace sluice;
using namespace sluice::stream;

namespace {

std::vector<std::optional<int64_t>> values_of(const Generator& generator, uint64_t first, size_t count) {
  const Schema schema({{"value", type(TypeId::int64)}});
  BatchBuilder builder(schema);
  generator.fill(builder.column(0), {RandomSequence(1, 2, 3), first, 1000, count});
  ArrowArray array;
  builder.finish(&array);
  const Batch batch(&array);
  const ColumnView column = batch.column(0, schema[0].type);
  std::vector<std::optional<int64_t>> values;
  for (int64_t row = 0; row < batch.size(); ++row)
    values.push_back(column.is_null(row) ? std::nullopt : std::optional(column.value<int64_t>(row)));
  return values;
}

std::unique_ptr<Generator> bits() {
  return fixed_generator<int64_t>([](uint64_t bits, uint64_t) { return static_cast<int64_t>(bits); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(generator_test)

BOOST_AUTO_TEST_CASE(values_do_not_depend_on_where_batches_begin) {
  const auto generator = bits();
  const auto whole = values_of(*generator, 0, 100);
  auto pieces = values_of(*generator, 0, 33);
  const auto rest = values_of(*generator, 33, 67);
  pieces.insert(pieces.end(), rest.begin(), rest.end());
  BOOST_TEST((whole == pieces));
}

BOOST_AUTO_TEST_CASE(ordinals_count_over_the_splits) {
  const auto generator =
      fixed_generator<int64_t>([](uint64_t, uint64_t ordinal) { return static_cast<int64_t>(ordinal); });
  const auto values = values_of(*generator, 5, 3);
  BOOST_TEST((values == std::vector<std::optional<int64_t>>{1005, 1006, 1007}));
}

BOOST_AUTO_TEST_CASE(nulls_come_in_the_wanted_share_and_leave_other_values_alone) {
  const auto plain = values_of(*bits(), 0, 10000);
  const auto holey = values_of(NullableGenerator(bits(), 25), 0, 10000);
  size_t nulls = 0;
  for (size_t i = 0; i < holey.size(); ++i) {
    if (!holey[i])
      ++nulls;
    else
      BOOST_TEST((*holey[i] == *plain[i]));
  }
  BOOST_TEST((nulls > 2300 && nulls < 2700), nulls);
}

BOOST_AUTO_TEST_CASE(all_or_nothing_can_be_null) {
  for (const auto& value : values_of(NullableGenerator(bits(), 100), 0, 100)) BOOST_TEST(!value.has_value());
  for (const auto& value : values_of(NullableGenerator(bits(), 0), 0, 100)) BOOST_TEST(value.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
