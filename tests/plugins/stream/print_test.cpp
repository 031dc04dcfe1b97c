// SPDX-License-Identifier: Apache-2.0
#include "print.hpp"

#include <sluice/batch_builder.hpp>

#include <boost/test/unit_test.hpp>

using namespace sluice;

BOOST_AUTO_TEST_SUITE(print_test)

BOOST_AUTO_TEST_CASE(a_line_a_record) {
  const Schema schema({{"text", type(TypeId::utf8)}, {"bytes", type(TypeId::binary)}});
  BatchBuilder builder(schema);
  builder.column(0).append_text("one");
  builder.column(1).append_text(std::string_view("\x00\xfe", 2));
  builder.column(0).append_null();
  builder.column(1).append_text("");
  ArrowArray array;
  builder.finish(&array);
  std::string lines;
  stream::append_lines(lines, Batch(&array), schema, " | ");
  BOOST_TEST(lines == "one | 00fe\nnull | \n");
}

BOOST_AUTO_TEST_SUITE_END()
