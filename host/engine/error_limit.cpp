// SPDX-License-Identifier: Apache-2.0
#include "engine/error_limit.hpp"

namespace sluice::engine {

ErrorLimit::ErrorLimit(const job::ErrorLimit& limit, std::size_t splits, const Counters& committed)
    : limit_(limit), splits_left_(splits), read_(committed.read + committed.added), dirty_(committed.dirty) {}

bool ErrorLimit::reserve(const Counters& counters) {
  const std::lock_guard lock(mutex_);
  if (!reason_.empty()) return false;
  if (too_many(counters.dirty)) return false;
  read_ += counters.read + counters.added;
  dirty_ += counters.dirty;
  --splits_left_;
  if (splits_left_ == 0) reason_ = verdict_on_all();
  if (reason_.empty()) return true;
  take_back(counters);
  return false;
}

bool ErrorLimit::too_many(std::uint64_t dirty) {
  if (!limit_.record || dirty_ + dirty <= *limit_.record) return false;
  reason_ = "more dirty records than setting.errorLimit.record allows: " + std::to_string(*limit_.record);
  return true;
}

std::string ErrorLimit::verdict_on_all() const {
  if (dirty_ == 0) return {};
  const std::string sums = std::to_string(dirty_) + " of " + std::to_string(read_);
  if (dirty_ == read_) return "every record is dirty: " + sums;
  const double share = static_cast<double>(dirty_) / static_cast<double>(read_);
  if (!limit_.percentage || share <= *limit_.percentage) return {};
  return "a larger share of dirty records than setting.errorLimit.percentage allows: " + sums;
}

void ErrorLimit::give_back(const Counters& counters) {
  const std::lock_guard lock(mutex_);
  take_back(counters);
}

void ErrorLimit::take_back(const Counters& counters) {
  read_ -= counters.read + counters.added;
  dirty_ -= counters.dirty;
  ++splits_left_;
}

bool ErrorLimit::is_crossed_by(std::uint64_t dirty) {
  if (dirty == 0) return false;
  const std::lock_guard lock(mutex_);
  return !reason_.empty() || too_many(dirty);
}

bool ErrorLimit::crossed() const {
  const std::lock_guard lock(mutex_);
  return !reason_.empty();
}

std::string ErrorLimit::reason() const {
  const std::lock_guard lock(mutex_);
  return reason_;
}

}  // namespace sluice::engine
