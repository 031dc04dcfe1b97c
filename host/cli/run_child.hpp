// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <boost/system/result.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cli/trouble.hpp"

namespace sluice::cli {

// `sluice run` in a process of its own. It has a process group of its own, so that a signal reaches it once: through
// this object. Its output goes nowhere, its error stream comes here.
class RunChild {
 public:
  // `arguments` stand behind the name of the program.
  static boost::system::result<std::unique_ptr<RunChild>, Trouble> start(const std::vector<std::string>& arguments);
  RunChild(const RunChild&) = delete;
  RunChild& operator=(const RunChild&) = delete;
  ~RunChild();

  // Hands every line of its error stream to `line`, then waits for its end. Answers with the exit code; 128 and the
  // number of the signal that ended it. Once, from one thread.
  int finish(const std::function<void(std::string_view)>& line);
  // Any thread; nothing happens once it has ended.
  void signal(int number);

 private:
  RunChild(pid_t process, int errors) : process_(process), errors_(errors) {}

  std::mutex mutex_;  // of process_: an ended process must not be signalled
  pid_t process_;
  int errors_;
};

}  // namespace sluice::cli
