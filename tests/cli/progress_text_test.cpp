// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::cli;
using sluice::engine::Progress;

namespace {

Progress progress(double seconds, std::uint64_t records, std::uint64_t mebibytes) {
  Progress now;
  now.elapsed_seconds = seconds;
  now.phase = "run";
  now.read = records;
  now.bytes = mebibytes << 20;
  now.splits = 10;
  now.splits_done = 3;
  return now;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(progress_text_test)

BOOST_AUTO_TEST_CASE(shows_records_speed_and_splits) {
  ProgressText text;
  BOOST_TEST(text.line(progress(2, 1234567, 5)) == "1,234,567 records  2.50 MB/s  splits 3/10");
}

BOOST_AUTO_TEST_CASE(shows_dirty_records_and_time_left) {
  ProgressText text;
  Progress now = progress(10, 1000, 10);
  now.dirty = 2;
  now.estimated_records = 4000;
  BOOST_TEST(text.line(now) == "1,000 records  1.00 MB/s  splits 3/10  dirty 2  ETA 30 s");
}

BOOST_AUTO_TEST_CASE(speed_is_that_of_the_last_ten_seconds) {
  ProgressText text;
  for (int second = 1; second <= 20; ++second) text.line(progress(second, 1, 0));
  std::string line = text.line(progress(25, 1, 20));
  BOOST_TEST(line == "1 record  2.00 MB/s  splits 3/10");
}

BOOST_AUTO_TEST_CASE(names_the_phases) {
  ProgressText text;
  Progress now = progress(3, 0, 0);
  now.phase = "prepare";
  BOOST_TEST(text.line(now) == "preparing the target  3.00 s");
  now.phase = "complete";
  now.written = 2;
  BOOST_TEST(text.line(now) == "completing  2 records written");
}

BOOST_AUTO_TEST_CASE(no_time_left_without_estimates) {
  Progress now = progress(10, 100, 1);
  BOOST_TEST(!seconds_left(now));
  now.estimated_records = 50;  // the estimate was too low
  BOOST_TEST(!seconds_left(now));
  now.estimated_records = 200;
  BOOST_TEST(seconds_left(now).value() == 10);
  now.elapsed_seconds = 1;
  BOOST_TEST(!seconds_left(now));
}

BOOST_AUTO_TEST_SUITE_END()
