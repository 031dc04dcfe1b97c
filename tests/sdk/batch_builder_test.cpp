// SPDX-License-Identifier: Apache-2.0
#include "sluice/batch_builder.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace sluice;

namespace {

Schema one_text() {
  Schema schema;
  schema.add({.name = "t", .type = {TypeId::utf8}});
  return schema;
}

// A batch of one text of that size; where its bytes are.
const void* finish_one(BatchBuilder& builder, std::size_t size, ArrowArray& batch) {
  builder.column(0).append_text(std::string(size, 'x'));
  builder.finish(&batch);
  return batch.children[0]->buffers[2];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batch_builder)

BOOST_AUTO_TEST_CASE(buffers_go_from_split_to_split) {
  const auto pool = std::make_shared<BatchPool>();
  ArrowArray batch{};
  const void* first = nullptr;
  {
    BatchBuilder builder(one_text(), pool);
    first = finish_one(builder, 100000, batch);
  }
  BatchBuilder meanwhile(one_text(), pool);
  ArrowArray other{};
  BOOST_TEST(finish_one(meanwhile, 10, other) != first);  // still with whoever reads the batch
  batch.release(&batch);
  BatchBuilder next(one_text(), pool);
  BOOST_TEST(finish_one(next, 100000, batch) == first);
  BOOST_TEST(batch.children[0]->length == 1);
  batch.release(&batch);
  other.release(&other);
}

BOOST_AUTO_TEST_CASE(a_builder_begins_empty_with_used_buffers) {
  const auto pool = std::make_shared<BatchPool>();
  BatchBuilder(one_text(), pool).column(0).append_text("never finished");
  BatchBuilder next(one_text(), pool);
  BOOST_TEST(next.size() == 0);
  next.column(0).append_null();
  next.column(0).append_text("b");
  ArrowArray batch{};
  next.finish(&batch);
  const auto& column = *batch.children[0];
  BOOST_TEST(column.null_count == 1);
  const auto* offsets = static_cast<const std::int32_t*>(column.buffers[1]);
  BOOST_TEST(offsets[2] == 1);
  BOOST_TEST(*static_cast<const char*>(column.buffers[2]) == 'b');
  batch.release(&batch);
}

BOOST_AUTO_TEST_CASE(buffers_of_a_giant_record_are_not_kept) {
  const auto pool = std::make_shared<BatchPool>();
  {
    BatchBuilder builder(one_text(), pool);
    ArrowArray batch{};
    finish_one(builder, std::size_t{20} << 20, batch);
    batch.release(&batch);
  }
  // Neither that of the batch nor the room that the builder made for the next one like it.
  BOOST_TEST(pool->take(1)->bytes() == 0u);
}

BOOST_AUTO_TEST_CASE(a_batch_outlives_its_builder_and_the_pool) {
  ArrowArray batch{};
  {
    BatchBuilder builder(one_text());
    finish_one(builder, 5, batch);
  }
  BOOST_TEST(std::string(static_cast<const char*>(batch.children[0]->buffers[2]), 5) == "xxxxx");
  batch.release(&batch);
}

BOOST_AUTO_TEST_SUITE_END()
