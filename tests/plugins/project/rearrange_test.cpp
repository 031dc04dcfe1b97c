// SPDX-License-Identifier: Apache-2.0
#include "rearrange.hpp"

#include <sluice/batch_builder.hpp>

#include <boost/test/unit_test.hpp>

using namespace sluice;

BOOST_AUTO_TEST_SUITE(rearrange_test)

BOOST_AUTO_TEST_CASE(columns_change_places_without_copies) {
  const Schema schema({{"number", type(TypeId::int64)}, {"text", type(TypeId::utf8)}});
  BatchBuilder builder(schema);
  for (int64_t i = 0; i < 3; ++i) {
    builder.column(0).append(i);
    i == 1 ? builder.column(1).append_null() : builder.column(1).append_text("t" + std::to_string(i));
  }
  ArrowArray array;
  builder.finish(&array);
  const void* numbers = array.children[0]->buffers[1];
  const Batch made = project::rearrange(Batch(&array), {1, 0, 0});
  BOOST_TEST(made.size() == 3);
  BOOST_TEST(made.columns() == 3u);
  BOOST_TEST(made.raw().children[1]->buffers[1] == numbers);
  BOOST_TEST(made.raw().children[2]->buffers[1] == numbers);
  const ColumnView text = made.column(0, type(TypeId::utf8)), number = made.column(1, type(TypeId::int64));
  BOOST_TEST(text.text(0) == "t0");
  BOOST_TEST(text.is_null(1));
  BOOST_TEST(number.value<int64_t>(2) == 2);
}

BOOST_AUTO_TEST_CASE(the_input_is_released_once_with_the_result) {
  static int released;
  released = 0;
  ArrowArray child{}, array{};
  ArrowArray* children[] = {&child};
  const void* none[] = {nullptr};
  child.release = [](ArrowArray* self) { self->release = nullptr; };
  array.n_children = 1, array.children = children, array.n_buffers = 1, array.buffers = none;
  array.release = [](ArrowArray* self) { ++released, self->release = nullptr; };
  {
    const Batch made = project::rearrange(Batch(&array), {0});
    BOOST_TEST(released == 0);
  }
  BOOST_TEST(released == 1);
}

BOOST_AUTO_TEST_SUITE_END()
