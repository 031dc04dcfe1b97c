// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace sluice::launch {

// One end of the socket between the run and a child process that runs splits: messages are JSON objects behind their
// length. What passes is seen by these two processes alone, so secrets may. One thread sends and one receives at a
// time.
class Wire {
 public:
  explicit Wire(int descriptor) : descriptor_(descriptor) {}
  Wire(Wire&& other) noexcept;
  Wire& operator=(Wire&&) = delete;
  ~Wire();

  // False when the other end is gone.
  bool send(const boost::json::object& message);

  // `broken`: what came is no message; nothing that follows can be trusted.
  enum class State { message, nothing_yet, gone, broken };
  // Waits for up to `time`.
  State receive(boost::json::object& out, std::chrono::milliseconds time);

 private:
  bool fill();

  int descriptor_;
  std::string buffer_;
};

}  // namespace sluice::launch
