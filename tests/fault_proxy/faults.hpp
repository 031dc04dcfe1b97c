// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace sluice::fault_proxy {

enum class Action {
  lose,     // it never arrives; both connections are closed
  swallow,  // it arrives; when its answer comes, both connections are closed instead
  reset,    // the same, and the client's connection is reset
  stall     // it waits for a while, then goes on as if nothing had been
};

// What is to be broken: at the n-th COMMIT of all connections, or at random, after so many bytes on the average.
// Says on the standard output what it does. One thread.
class Faults {
 public:
  // "commit:3:swallow"; false when it cannot be understood.
  bool add(const std::string& text);
  void at_random(std::uint64_t seed, double mean_bytes, std::uint64_t most);

  std::optional<Action> on_commit();
  // These bytes are about to pass, in whatever direction.
  std::optional<Action> on_bytes(std::size_t count);

 private:
  struct Planned {
    std::uint64_t commit;
    Action action;
  };

  void draw();

  std::vector<Planned> planned_;
  std::uint64_t commits_ = 0;
  std::mt19937_64 random_;
  double mean_bytes_ = 0;
  double bytes_left_ = 0;   // until the next one
  std::uint64_t left_ = 0;  // at random
};

}  // namespace sluice::fault_proxy
