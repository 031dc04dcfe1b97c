// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "launch/wire.hpp"
#include "plugin/failure.hpp"

namespace sluice::launch {

// A child process of the same program that runs splits, one after another. Killed with the object at the latest, and
// by the system should this process die. One thread; stop() from any.
class ChildProcess {
 public:
  // `first`: the first message.
  static plugin::Result<std::unique_ptr<ChildProcess>> start(const std::filesystem::path& program,
                                                             const boost::json::object& first);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  Wire& wire() { return wire_; }
  int process() const { return process_; }
  // Asks it to stop at the next batch; kill() does not ask.
  void stop();
  void kill();
  // It has ended, although its end of the wire may be open in a process that it has left behind.
  bool is_dead() const;
  // Waits for its end: kill() first unless that is certain. "SIGSEGV in writer sqlite, write", "exit code 7".
  std::string epitaph();

  std::uint64_t peak_memory = 0;  // in bytes, as it has told last; its owner's

 private:
  ChildProcess(int process, int wire, int last_words) : process_(process), wire_(wire), last_words_(last_words) {}
  int process_;
  Wire wire_;
  int last_words_;  // a pipe: what a signal handler of the child wrote
};

// File descriptors that a child finds open.
inline constexpr int child_wire = 3;
inline constexpr int child_last_words = 4;

}  // namespace sluice::launch
