// SPDX-License-Identifier: Apache-2.0
#include "engine/resume.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/crash_point.hpp"
#include "engine/lost_commit.hpp"

namespace sluice::engine {
namespace {

plugin::Failure not_resumable(std::string message) {
  plugin::Failure failure;
  failure.code = SLUICE_INVALID;
  failure.message = "this run cannot go on: " + std::move(message);
  return failure;
}

}  // namespace

plugin::Result<std::vector<plugin::Split>> Resume::plan() {
  if (!state_.plan()) return plan_anew();
  if (auto settled = settle_doubts(); !settled) return settled.error();
  if (!state_.history().has_commits()) return plan_anew();
  const auto& splits = state_.plan()->splits;
  if (auto stable = check_stable(splits); !stable) return stable.error();
  if (auto same = check_source(splits); !same) return same.error();
  return splits;
}

plugin::Result<std::vector<plugin::Split>> Resume::plan_anew() {
  auto splits = job_.reader->plan(plan_wish(job_));
  if (!splits) return splits;
  if (auto kept = keep_plan(state_.directory(), plan_of(job_, *splits)); !kept) return kept.error();
  crash_point("after-plan");
  return splits;
}

plugin::Result<void> Resume::settle_doubts() {
  const auto splits = state_.history().splits;  // a copy: settling changes it
  for (const auto& [key, split] : splits) {
    if (split.state != SplitHistory::State::in_doubt) continue;
    if (auto settled = settle(key, split); !settled) return settled;
  }
  return {};
}

plugin::Result<void> Resume::settle(const std::string& key, const SplitHistory& split) {
  const auto answer = ask_about({key, split.attempt, split.token}, job_, watchdog_);
  if (!answer) return answer.error();
  using Outcome = plugin::CommitAnswer::Outcome;
  // The writer looks for a mark now, and left none then.
  const bool is_blind = !split.exactly_once && job_.target.offer.exactly_once;
  const bool is_unknown = answer->outcome == Outcome::unknown || (answer->outcome == Outcome::no && is_blind);
  const bool may_double = is_unknown && split.counters.written > 0 && job_.target.offer.doubles_on_rerun &&
                          job_.job->setting.delivery != SLUICE_AT_LEAST_ONCE;
  if (may_double)
    return not_resumable(
        "whether its last commit happened is unknown, and to repeat it could double records (look into the "
        "destination, then begin again with --fresh, or accept doubled records with --set "
        "setting.delivery=at-least-once): split " +
        key);
  return state_.settle(key, answer->outcome == Outcome::yes);
}

plugin::Result<void> Resume::check_stable(const std::vector<plugin::Split>& splits) const {
  for (const auto& split : splits) {
    if (!state_.history().is_committed(split.key) && !split.stable)
      return not_resumable(
          "read again, a part of the source would not yield the same records (begin again with --fresh): split " +
          split.label);
  }
  return {};
}

// Only sources that have fingerprints (files) are planned again, to see whether they are still what they were.
plugin::Result<void> Resume::check_source(const std::vector<plugin::Split>& splits) {
  if (std::all_of(splits.begin(), splits.end(), [](const auto& s) { return s.fingerprint.empty(); })) return {};
  plugin::PlanWish wish = plan_wish(job_);
  wish.lanes = state_.plan()->lanes;
  const auto now = job_.reader->plan(wish);
  if (!now) return now.error();
  std::map<std::string, std::string> prints;
  for (const auto& split : *now) prints[split.key] = split.fingerprint;
  for (const auto& split : splits) {
    const auto same = prints.find(split.key);
    if (same == prints.end() || same->second != split.fingerprint)
      return not_resumable("the source has changed since (begin again with --fresh): split " + split.label);
  }
  if (prints.size() != splits.size())
    return not_resumable("the source has more parts than it had (begin again with --fresh)");
  return {};
}

}  // namespace sluice::engine
