// SPDX-License-Identifier: Apache-2.0
#include "engine/reading_memory.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::engine;

namespace {

sluice::plugin::Split split_of(std::int64_t records, std::int64_t bytes) {
  sluice::plugin::Split split;
  split.records = records;
  split.bytes = bytes;
  return split;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reading_memory_test)

BOOST_AUTO_TEST_CASE(usual_and_unknown_records_need_nothing_ahead) {
  const ReadingMemory memory(1000);
  BOOST_TEST(memory.of(split_of(200'000, 64 << 20)) == 0u);
  BOOST_TEST(memory.of(split_of(-1, -1)) == 0u);
  BOOST_TEST(memory.of(split_of(-1, 64 << 20)) == 0u);
  BOOST_TEST(memory.of(split_of(0, 64 << 20)) == 0u);
}

BOOST_AUTO_TEST_CASE(large_records_need_everything_until_one_was_seen) {
  ReadingMemory memory(1000);
  BOOST_TEST(memory.of(split_of(8, 64 << 20)) == 1000u);
  memory.learn(30, 20);
  BOOST_TEST(memory.of(split_of(8, 64 << 20)) == 50u);
}

BOOST_AUTO_TEST_CASE(the_most_that_was_needed_counts) {
  ReadingMemory memory(1000);
  memory.learn(30, 20);
  memory.learn(10, 15);
  BOOST_TEST(memory.of(split_of(-1, -1)) == 50u);
}

BOOST_AUTO_TEST_CASE(a_reader_without_buffers_needs_nothing_ahead) {
  ReadingMemory memory(1000);
  memory.learn(0, 20);
  BOOST_TEST(memory.of(split_of(8, 64 << 20)) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
