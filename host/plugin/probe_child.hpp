// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "plugin/declared.hpp"
#include "plugin/inspect.hpp"

namespace sluice::plugin {

// What the probing child tells on its standard output.
std::string probe_answer(const boost::system::result<std::vector<Declared>, Refusal>&);
boost::system::result<std::vector<Declared>, Refusal> read_probe_answer(const std::string& text);

// One child process that loads one file. Its two pipes are read by whoever polls them; ends with the object.
class ProbeChild {
 public:
  using Clock = std::chrono::steady_clock;

  ProbeChild(const std::filesystem::path& program, const std::filesystem::path& file, Clock::time_point deadline);
  ProbeChild(const ProbeChild&) = delete;
  ProbeChild& operator=(const ProbeChild&) = delete;
  ~ProbeChild();

  struct Pipe {
    int descriptor = -1;  // -1: at its end
    std::string text = {};

    void read();
  };
  Pipe out, err;

  Clock::time_point deadline() const { return deadline_; }
  bool silent() const { return out.descriptor < 0 && err.descriptor < 0; }
  // Waits for the child, kills it at the deadline, and says how it went. Once.
  boost::system::result<std::vector<Declared>, Refusal> finish(std::chrono::milliseconds limit);

 private:
  void kill();
  // False when the deadline came first.
  bool wait(int& status);

  int process_ = -1;
  int start_error_ = 0;
  Clock::time_point deadline_;
};

}  // namespace sluice::plugin
