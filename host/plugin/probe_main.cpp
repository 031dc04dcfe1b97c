// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

#include "plugin/load.hpp"
#include "plugin/probe.hpp"
#include "plugin/probe_child.hpp"

namespace sluice::plugin {
namespace {

// Dies with its parent, leaves no core file, and takes signals as the system does: a sanitizer or an inherited handler
// must not turn a crash into something else.
void become_probe() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP}) std::signal(signal, SIG_DFL);
}

// The standard output becomes the way of the answer alone; what the plugin prints is dropped.
int keep_output() {
  const int answer = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDOUT_FILENO);
  return answer;
}

Probed declared(const std::filesystem::path& file) {
  const auto plugins = load(file);
  if (!plugins) return plugins.error();
  return std::vector<Declared>(plugins->begin(), plugins->end());
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(descriptor, text.data(), text.size());
    if (wrote <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

}  // namespace

std::optional<int> probe_main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) != "__probe") return std::nullopt;
  become_probe();
  const int answer = keep_output();
  write_all(answer, probe_answer(declared(argv[2])));
  ::_exit(0);  // no destructor of the plugin gets its turn
}

}  // namespace sluice::plugin
