// SPDX-License-Identifier: Apache-2.0
//
// What `sluice dirty` shows of a run's dirty records. With their values: it is for whoever may read them.
#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/dead_letters.hpp"

namespace sluice::cli {

// Dirty records of one reason, with the first one as an example.
struct DirtyReason {
  std::string step, column, code, sqlstate;
  std::uint64_t count = 0;
  engine::DeadLetter example;
};

// Sorts dirty records by reason.
class DirtyReasons {
 public:
  void add(engine::DeadLetter);
  // The most frequent first.
  std::vector<DirtyReason> take() &&;

 private:
  std::map<std::tuple<std::string, std::string, std::string, std::string>, DirtyReason> reasons_;
};

std::string reasons_text(const std::vector<DirtyReason>&);
boost::json::array reasons_json(const std::vector<DirtyReason>&);

// One dirty record, for the list of all.
std::string letter_text(const engine::DeadLetter&);

}  // namespace sluice::cli
