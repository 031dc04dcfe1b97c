// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "plugin/split.hpp"

namespace sluice::engine {

// Which split is next, and when: no more are read at once than there are lanes, and no more are in work than `most`.
// One thread.
class SplitQueue {
 public:
  // The splits must outlive it.
  SplitQueue(const std::vector<const plugin::Split*>& splits, std::uint32_t lanes, std::uint32_t most)
      : splits_(splits), lanes_(lanes), most_(most) {}

  // NULL: none, or not yet.
  const plugin::Split* next() {
    if (being_read_.size() == lanes_ || in_work_ == most_ || next_ == splits_.size()) return nullptr;
    ++in_work_;
    being_read_.insert(splits_[next_]);
    return splits_[next_++];
  }
  void read_over(const plugin::Split& split) { being_read_.erase(&split); }
  void ended(const plugin::Split& split) {
    read_over(split);
    --in_work_;
  }
  bool is_idle() const { return in_work_ == 0; }

 private:
  const std::vector<const plugin::Split*>& splits_;
  const std::size_t lanes_, most_;
  std::size_t next_ = 0, in_work_ = 0;
  std::set<const plugin::Split*> being_read_;
};

}  // namespace sluice::engine
