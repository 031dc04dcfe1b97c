// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_display.hpp"

#include <boost/test/unit_test.hpp>
#include <sstream>

using namespace sluice::cli;
using sluice::engine::Progress;

namespace {

Progress after(double seconds) {
  Progress now;
  now.elapsed_seconds = seconds;
  now.phase = "run";
  now.read = 1000;
  now.splits = 2;
  return now;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(progress_display_test)

BOOST_AUTO_TEST_CASE(a_line_every_ten_seconds_without_a_terminal) {
  std::ostringstream out, err;
  Console console({&out}, {&err});
  ProgressDisplay display(console);
  auto hooks = display.hooks();
  bool ten_seconds = hooks.interval == std::chrono::seconds(10);
  BOOST_TEST(ten_seconds);
  hooks.progress(after(10));
  hooks.progress(after(20));
  display.clear();
  BOOST_TEST(err.str() ==
             "after 10.0 s: 1,000 records  0.00 MB/s  splits 0/2\n"
             "after 20.0 s: 1,000 records  0.00 MB/s  splits 0/2\n");
}

BOOST_AUTO_TEST_CASE(one_live_line_on_a_terminal) {
  std::ostringstream out, err;
  Console console({&out}, {&err, true, false, 80});
  {
    ProgressDisplay display(console);
    auto hooks = display.hooks();
    BOOST_TEST(hooks.interval.count() <= 1000);
    hooks.progress(after(1));
    hooks.progress(after(2));
  }
  BOOST_TEST(err.str() ==
             "1,000 records  0.00 MB/s  splits 0/2\r\x1b[K"
             "1,000 records  0.00 MB/s  splits 0/2\r\x1b[K");
}

BOOST_AUTO_TEST_SUITE_END()
