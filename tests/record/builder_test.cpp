// SPDX-License-Identifier: Apache-2.0
#include "record/builder.hpp"

#include "record/validate.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(builder_test)

BOOST_AUTO_TEST_CASE(cells_of_several_columns) {
  const Schema schema = Schema::make({{"n", {TypeId::int32}}, {"t", {TypeId::utf8}}, {"b", {TypeId::boolean}}});
  BatchBuilder builder(schema);
  for (int i = 0; i < 20; ++i) {
    if (i % 5 == 0)
      builder.column(0).append_null();
    else
      builder.column(0).append<std::int32_t>(i);
    builder.column(1).append_bytes(std::string(static_cast<std::size_t>(i), 'x'));
    if (i % 7 == 6)
      builder.column(2).append_null();
    else
      builder.column(2).append_boolean(i % 2 == 1);
  }
  const Batch batch = builder.finish();
  BOOST_TEST(!validate(batch.raw(), schema, Validation::full).has_value());
  BOOST_TEST(batch.rows() == 20);
  BOOST_TEST(batch.column(0).null_count == 4);
  BOOST_TEST(text_of(batch, schema, 10, 0) == "NULL");
  BOOST_TEST(text_of(batch, schema, 11, 0) == "11");
  BOOST_TEST(text_of(batch, schema, 3, 1) == "xxx");
  BOOST_TEST(text_of(batch, schema, 13, 2) == "NULL");
  BOOST_TEST(text_of(batch, schema, 19, 2) == "true");
}

BOOST_AUTO_TEST_CASE(no_rows_at_all) {
  for (const Type& type : all_types()) {
    const Schema schema = one_column(type);
    BatchBuilder builder(schema);
    const Batch batch = builder.finish();
    BOOST_TEST(batch.rows() == 0);
    BOOST_TEST(!validate(batch.raw(), schema, Validation::full).has_value(), name_of(type));
  }
}

BOOST_AUTO_TEST_CASE(a_builder_may_be_used_again) {
  const Schema schema = one_column({TypeId::utf8});
  BatchBuilder builder(schema);
  builder.column(0).append_bytes("first");
  builder.column(0).append_null();
  BOOST_TEST(builder.finish().rows() == 2);
  builder.column(0).append_bytes("second");
  const Batch batch = builder.finish();
  BOOST_TEST(batch.rows() == 1);
  BOOST_TEST(text_of(batch, schema, 0, 0) == "second");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
