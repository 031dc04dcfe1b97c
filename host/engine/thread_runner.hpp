// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/thread_pool.hpp>

#include "engine/run_resources.hpp"
#include "engine/split_runner.hpp"

namespace sluice::engine {

// Splits on the threads of this process.
class ThreadRunner : public SplitRunner {
 public:
  // Both must outlive it. The pool has a thread for each half of every split that runs at once.
  ThreadRunner(RunResources& resources, boost::asio::thread_pool& pool) : resources_(resources), pool_(pool) {}

  SplitOutcome run(const plugin::Split& split, Attempt attempt) override {
    return run_split(resources_, split, attempt, pool_);
  }

 private:
  RunResources& resources_;
  boost::asio::thread_pool& pool_;
};

}  // namespace sluice::engine
