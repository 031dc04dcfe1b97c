// SPDX-License-Identifier: Apache-2.0
#include "plugin/probe_child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <system_error>

#include "plugin/text.hpp"

namespace sluice::plugin {
namespace {

constexpr std::size_t max_text = 1 << 20;

// Where a child is started with: nothing to read, two pipes to write to, no other open file, no blocked signal, and a
// group of its own so that what it starts ends with it.
struct Start {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;

  Start(int out, int err) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;
  ~Start() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
};

std::string seconds(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

// What a child said before it died, on one line.
std::string last_words(const std::string& text) {
  std::string line;
  for (const char c : clean_text(text, 300)) {
    const char plain = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    if (plain != ' ' || (!line.empty() && line.back() != ' ')) line += plain;
  }
  if (line.ends_with(' ')) line.pop_back();
  return line.empty() ? line : " (" + line + ")";
}

}  // namespace

void ProbeChild::Pipe::read() {
  std::array<char, 4096> buffer;
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0 && text.size() < max_text) text.append(buffer.data(), static_cast<std::size_t>(got));
  if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) return;
  ::close(descriptor);
  descriptor = -1;
}

ProbeChild::ProbeChild(const std::filesystem::path& program, const std::filesystem::path& file,
                       Clock::time_point deadline)
    : deadline_(deadline) {
  int out_pipe[2], err_pipe[2];
  if (::pipe2(out_pipe, O_CLOEXEC) != 0) {
    start_error_ = errno;
    return;
  }
  if (::pipe2(err_pipe, O_CLOEXEC) != 0) {
    start_error_ = errno;
    ::close(out_pipe[0]);
    ::close(out_pipe[1]);
    return;
  }
  out.descriptor = out_pipe[0];
  err.descriptor = err_pipe[0];
  const Start start(out_pipe[1], err_pipe[1]);
  std::string name = program.string(), argument = "__probe", path = file.string();
  char* const arguments[] = {name.data(), argument.data(), path.data(), nullptr};
  start_error_ = ::posix_spawn(&process_, name.c_str(), &start.files, &start.attributes, arguments, environ);
  if (start_error_ != 0) process_ = -1;
  ::close(out_pipe[1]);
  ::close(err_pipe[1]);
}

ProbeChild::~ProbeChild() {
  if (process_ >= 0) {
    kill();
    ::waitpid(process_, nullptr, 0);
  }
  if (out.descriptor >= 0) ::close(out.descriptor);
  if (err.descriptor >= 0) ::close(err.descriptor);
}

void ProbeChild::kill() {
  ::kill(-process_, SIGKILL);
  ::kill(process_, SIGKILL);
}

bool ProbeChild::wait(int& status) {
  while (::waitpid(process_, &status, WNOHANG) == 0) {
    if (Clock::now() >= deadline_) return false;
    ::poll(nullptr, 0, 1);
  }
  process_ = -1;
  return true;
}

boost::system::result<std::vector<Declared>, Refusal> ProbeChild::finish(std::chrono::milliseconds limit) {
  if (start_error_ != 0)
    return Refusal{"cannot be probed: no child process: " + std::generic_category().message(start_error_)};
  int status = 0;
  if (!wait(status)) return Refusal{"did not load within " + seconds(limit)};
  if (WIFSIGNALED(status)) {
    const char* signal = ::sigabbrev_np(WTERMSIG(status));
    const std::string name = signal ? std::string("SIG") + signal : "signal " + std::to_string(WTERMSIG(status));
    return Refusal{"crashed while loading: " + name + last_words(err.text)};
  }
  if (WEXITSTATUS(status) != 0 || out.text.empty())
    return Refusal{"ended the process while loading: exit code " + std::to_string(WEXITSTATUS(status)) +
                   last_words(err.text)};
  return read_probe_answer(out.text);
}

}  // namespace sluice::plugin
