// SPDX-License-Identifier: Apache-2.0
#include "cli/run_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

extern char** environ;

namespace sluice::cli {
namespace {

// Answers with an error number.
int spawn(const std::vector<std::string>& words, int errors, pid_t& process) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) sigaddset(&usual, number);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int error = ::posix_spawn(&process, "/proc/self/exe", &files, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return error;
}

Trouble trouble(int error) { return Trouble(std::string("cannot start a child process: ") + std::strerror(error)); }

}  // namespace

boost::system::result<std::unique_ptr<RunChild>, Trouble> RunChild::start(const std::vector<std::string>& arguments) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return trouble(errno);
  std::vector<std::string> words{"sluice"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  pid_t process = -1;
  const int error = spawn(words, ends[1], process);
  ::close(ends[1]);
  if (error == 0) return std::unique_ptr<RunChild>(new RunChild(process, ends[0]));
  ::close(ends[0]);
  return trouble(error);
}

RunChild::~RunChild() {
  signal(SIGKILL);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
  ::close(errors_);
}

int RunChild::finish(const std::function<void(std::string_view)>& line) {
  std::string pending;
  char block[4096];
  for (ssize_t size; (size = ::read(errors_, block, sizeof block)) != 0;) {
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) break;
    pending.append(block, static_cast<std::size_t>(size));
    for (std::size_t end; (end = pending.find('\n')) != std::string::npos; pending.erase(0, end + 1))
      line(std::string_view(pending).substr(0, end));
  }
  if (!pending.empty()) line(pending);
  siginfo_t ended{};
  while (::waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  const std::lock_guard lock(mutex_);
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void RunChild::signal(int number) {
  const std::lock_guard lock(mutex_);
  if (process_ > 0) ::kill(process_, number);
}

}  // namespace sluice::cli
