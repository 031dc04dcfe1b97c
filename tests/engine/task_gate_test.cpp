// SPDX-License-Identifier: Apache-2.0
#include "engine/task_gate.hpp"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

using namespace sluice::engine;

BOOST_AUTO_TEST_SUITE(task_gate_test)

BOOST_AUTO_TEST_CASE(no_more_than_so_many_are_inside) {
  Stop stop;
  TaskGate gate(2, stop);
  std::atomic<int> inside{0}, most{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        gate.enter();
        const int now = ++inside;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        --inside;
        gate.leave();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(most <= 2);
}

BOOST_AUTO_TEST_CASE(a_stop_lets_nobody_in) {
  Stop stop;
  TaskGate gate(1, stop);
  BOOST_TEST(gate.enter());
  bool entered = true;
  std::thread waiting([&] { entered = gate.enter(); });
  stop.request();
  waiting.join();
  BOOST_TEST(!entered);
}

BOOST_AUTO_TEST_SUITE_END()
