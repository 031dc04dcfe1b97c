// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <malloc.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "cli/command.hpp"
#include "engine/summary.hpp"
#include "launch/split_child.hpp"
#include "plugin/probe.hpp"

namespace {

// The number of one that is closed would be that of the next file: a summary belongs into no such file. Not to be
// written to, so that what is lost is known.
void keep_standard_streams() {
  for (int number = 0; number < 3; ++number)
    if (::fcntl(number, F_GETFD) < 0) (void)!::open("/dev/null", O_RDONLY);
}

}  // namespace

int main(int argc, char** argv) {
  if (auto code = sluice::plugin::probe_main(argc, argv)) return *code;
  keep_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // a reader of our output who leaves must not end a run
  // Fixed, because glibc raises it with every large buffer that is let go, and then keeps such buffers for itself: with
  // many lanes and huge records several times what `setting.memory` allows.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  // By default every thread keeps what it let go for itself: batches go from thread to thread, and there was twice the
  // memory in use. Threads allocate batch by batch, so that four processors do well with one arena.
  mallopt(M_ARENA_MAX, static_cast<int>(std::max(1u, std::thread::hardware_concurrency() / 4)));
  if (auto code = sluice::launch::split_child_main(argc, argv)) return *code;
  sluice::cli::Console console = sluice::cli::Console::standard();
  try {
    std::vector<std::string> given(argv + 1, argv + argc);
    return sluice::cli::dispatch(given, console);
  } catch (const std::bad_alloc&) {
    console.tell("sluice: out of memory (a lower setting.memory or setting.speed.concurrent needs less)");
  } catch (const std::exception& error) {
    console.tell(std::string("sluice: internal error: ") + error.what());
  }
  return sluice::engine::exit_code::failed;
}
