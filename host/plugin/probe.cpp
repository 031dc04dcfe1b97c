// SPDX-License-Identifier: Apache-2.0
#include "plugin/probe.hpp"

#include <poll.h>

#include <algorithm>
#include <memory>

#include "plugin/probe_child.hpp"

namespace sluice::plugin {
namespace {

constexpr std::size_t at_once = 4;

struct Running {
  std::size_t index;
  std::unique_ptr<ProbeChild> child;

  bool over() const { return child->silent() || ProbeChild::Clock::now() >= child->deadline(); }
};

// Sleeps until a child says something or the first deadline comes, and takes down what was said.
void listen(std::vector<Running>& running) {
  std::vector<pollfd> polled;
  std::vector<ProbeChild::Pipe*> pipes;
  auto wake = ProbeChild::Clock::time_point::max();
  for (Running& run : running) {
    wake = std::min(wake, run.child->deadline());
    for (ProbeChild::Pipe* pipe : {&run.child->out, &run.child->err}) {
      if (pipe->descriptor < 0) continue;
      polled.push_back({.fd = pipe->descriptor, .events = POLLIN, .revents = 0});
      pipes.push_back(pipe);
    }
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(wake - ProbeChild::Clock::now()).count();
  ::poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
  for (std::size_t i = 0; i < polled.size(); ++i)
    if (polled[i].revents != 0) pipes[i]->read();
}

}  // namespace

std::filesystem::path own_program() {
  std::error_code none;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", none);
  return std::filesystem::exists(program, none) ? program : "/proc/self/exe";
}

std::vector<Probed> probe(std::span<const std::filesystem::path> files, const ProbeSettings& settings) {
  std::vector<Probed> answers(files.size(), Probed(Refusal{}));
  std::vector<Running> running;
  for (std::size_t next = 0; next < files.size() || !running.empty();) {
    while (next < files.size() && running.size() < at_once) {
      const std::size_t index = next++;
      if (auto inspected = inspect(files[index]); !inspected) {
        answers[index] = inspected.error();
        continue;
      }
      const auto deadline = ProbeChild::Clock::now() + settings.limit;
      running.push_back({index, std::make_unique<ProbeChild>(settings.program, files[index], deadline)});
    }
    if (std::ranges::none_of(running, &Running::over) && !running.empty()) listen(running);
    std::erase_if(running, [&](Running& run) {
      if (!run.over()) return false;
      answers[run.index] = run.child->finish(settings.limit);
      return true;
    });
  }
  return answers;
}

}  // namespace sluice::plugin
