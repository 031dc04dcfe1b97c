// SPDX-License-Identifier: Apache-2.0
#include "launch/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

extern char** environ;

namespace sluice::launch {
namespace {

plugin::Failure failure(int error) {
  plugin::Failure failed;
  failed.code = SLUICE_IO;
  failed.flags = SLUICE_RETRYABLE;
  failed.message = std::string("cannot start a child process: ") + std::strerror(error);
  return failed;
}

// Lifts a descriptor above those that the child's will be copied to.
int lifted(int descriptor) {
  const int high = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
  ::close(descriptor);
  return high;
}

int spawn(const char* program, int wire, int last_words, pid_t& process) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, wire, child_wire);
  posix_spawn_file_actions_adddup2(&files, last_words, child_last_words);
  posix_spawn_file_actions_addclosefrom_np(&files, child_last_words + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  // A group of its own: Ctrl-C reaches the run, which then stops its children.
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  char name[] = "sluice", command[] = "__splits";
  char* arguments[] = {name, command, nullptr};
  const int error = ::posix_spawn(&process, program, &files, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return error;
}

}  // namespace

plugin::Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::filesystem::path& program,
                                                                  const boost::json::object& first) {
  int sockets[2], words[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return failure(errno);
  if (::pipe2(words, O_CLOEXEC | O_NONBLOCK) != 0) {
    const int error = errno;
    ::close(sockets[0]);
    ::close(sockets[1]);
    return failure(error);
  }
  const int far_wire = lifted(sockets[1]), far_words = lifted(words[1]);
  pid_t process = -1;
  const int error = spawn(program.c_str(), far_wire, far_words, process);
  ::close(far_wire);
  ::close(far_words);
  std::unique_ptr<ChildProcess> child(new ChildProcess(process, sockets[0], words[0]));
  if (error != 0) {
    child->process_ = -1;
    return failure(error);
  }
  child->wire_.send(first);  // a child that is gone already is noticed when its answer is waited for
  return child;
}

ChildProcess::~ChildProcess() {
  kill();
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
  ::close(last_words_);
}

void ChildProcess::stop() {
  if (process_ > 0) ::kill(process_, SIGTERM);
}

void ChildProcess::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

bool ChildProcess::is_dead() const {
  siginfo_t ended{};
  return ::waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0;
}

std::string ChildProcess::epitaph() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  char words[256];
  const ssize_t size = ::read(last_words_, words, sizeof words);
  const std::string call = size > 0 ? " in " + std::string(words, static_cast<std::size_t>(size)) : "";
  if (WIFSIGNALED(status)) return "SIG" + std::string(::sigabbrev_np(WTERMSIG(status))) + call;
  return "exit code " + std::to_string(WEXITSTATUS(status)) + call;
}

}  // namespace sluice::launch
