// SPDX-License-Identifier: Apache-2.0
#include "record/batch.hpp"

#include <thread>

#include "record/column.hpp"
#include "record/validate.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(batch_test)

namespace {

const Type text{TypeId::utf8};

}  // namespace

BOOST_AUTO_TEST_CASE(a_batch_owns_its_array) {
  Batch first = batch_of(text, {"a", "b"});
  Batch second = std::move(first);
  BOOST_TEST(second.rows() == 2);
  BOOST_TEST(!first);  // NOLINT(bugprone-use-after-move): moved-from is empty by contract
  BOOST_TEST(second.columns() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_lent_shares_the_memory) {
  const SharedBatch batch = share(batch_of(text, {"a", {}, "ccc"}));
  ArrowArray lent = lend(batch);
  BOOST_TEST(lent.length == 3);
  BOOST_TEST(lent.children[0]->buffers[2] == batch->column(0).buffers[2]);
  BOOST_TEST(!validate(lent, one_column(text), Validation::full).has_value());
  BOOST_TEST(batch.use_count() == 2);
  lent.release(&lent);
  BOOST_TEST(lent.release == nullptr);
  BOOST_TEST(batch.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(what_is_lent_outlives_the_host) {
  SharedBatch batch = share(batch_of(text, {"kept"}));
  ArrowArray lent = lend(std::move(batch));
  BOOST_TEST(ColumnView(*lent.children[0], text).text(0) == "kept");
  lent.release(&lent);
}

BOOST_AUTO_TEST_CASE(a_column_may_be_moved_out_and_outlive_the_rest) {
  SharedBatch batch = share(batch_of(text, {"kept"}));
  const std::weak_ptr<const Batch> watch = batch;
  ArrowArray lent = lend(std::move(batch));
  ArrowArray column = *lent.children[0];
  lent.children[0]->release = nullptr;
  lent.release(&lent);
  BOOST_TEST(!watch.expired());
  BOOST_TEST(ColumnView(column, text).text(0) == "kept");
  column.release(&column);
  BOOST_TEST(watch.expired());
}

BOOST_AUTO_TEST_CASE(loans_may_end_on_any_thread) {
  const SharedBatch batch = share(batch_of(text, {"a"}));
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([lent = lend(batch)]() mutable { lent.release(&lent); });
  }
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(batch.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(size_counts_what_values_occupy) {
  const auto size = [](const Type& type, const Cells& cells) {
    return byte_size(batch_of(type, cells), one_column(type));
  };
  BOOST_TEST(size({TypeId::int64}, {"1", "2", "3"}) == 24u);
  BOOST_TEST(size({TypeId::int64}, {"1", {}, "3"}) == 25u);
  BOOST_TEST(size(text, {"abc", "de"}) == 3 * 4 + 5u);
  BOOST_TEST(size({TypeId::large_utf8}, {"abc", "de"}) == 3 * 8 + 5u);
  BOOST_TEST(size({TypeId::boolean}, Cells(9, "true")) == 2u);
  BOOST_TEST(size({TypeId::null_}, {{}, {}}) == 0u);
  BOOST_TEST(size(text, {}) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
