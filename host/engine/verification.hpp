// SPDX-License-Identifier: Apache-2.0
//
// Is what a job has written what its source holds? Both sides are read through their readers, the source goes through
// the job's processors, both through the checked cast to what the writer wants, and what arrives is compared:
//
//   1. the checksums of all records, in buckets by their key (memory does not grow with the records);
//   2. where buckets differ, the hashes of their records, as many at a time as the job's memory allows;
//   3. the keys and columns of those that are not the same.
//
// Nothing is written anywhere. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/bucket_sums.hpp"
#include "engine/differences.hpp"
#include "engine/differing_keys.hpp"
#include "engine/side_run.hpp"
#include "plugin/readback.hpp"

namespace sluice::engine {

struct VerifyWish {
  std::vector<std::string> key;        // columns; empty: the primary key
  std::optional<bool> others_allowed;  // nothing: as the writer says
  std::size_t limit = 100;             // how many differences are named
  bool values = false;                 // with the values of both sides
  std::filesystem::path refused_by;    // directory of the run whose dirty records are not missed; may be empty
};

// A record of the target that does not fit what the job writes.
struct Unreadable {
  boost::json::object key;  // as it stands there; empty when it cannot be told
  std::string column, code, message, location;
};

struct SideSums {
  Counters counters;
  std::uint64_t compared = 0;
  std::vector<DirtyKind> dirty_kinds;
};

// How a verification ended. A plain value.
struct Verdict {
  std::string job;
  int exit_code = exit_code::failed;  // 0 equal, 1 differs or failed, ...
  std::optional<RunError> error;      // why there is no verdict
  bool abandoned = false;             // as in Summary: leave the process, destroy nothing

  std::vector<std::string> key;  // empty: there is none
  std::string others;            // why the target may hold other records, too; empty: it may not
  SideSums source, target;
  Differences differences;
  std::vector<Unreadable> unreadable;
  std::uint64_t refused = 0;       // records that the writer refused before: they are not missed
  std::uint64_t others_found = 0;  // where they are allowed
  bool complete = true;            // all differences are in the list
  double elapsed_seconds = 0;

  bool has_ended() const { return !error; }
  bool is_equal() const { return has_ended() && exit_code == exit_code::done; }
};

class Verification {
 public:
  // `scratch`: an empty directory for the owner alone.
  Verification(const ResolvedJob& job, plugin::Catalogue& catalogue, std::filesystem::path scratch,
               record::Validation validation, Log& log, const RunHooks& hooks);
  ~Verification();

  // Nothing when the job has problems, which tell why; `failure` is the call that failed then, if one did.
  std::optional<Verdict> run(const VerifyWish&, job::Problems&, OpenOutcome& failure);

 private:
  struct Sides;

  DifferenceRules rules() const;
  bool look_at_target(const VerifyWish&, job::Problems&, OpenOutcome& failure);
  bool read(const ResolvedJob& side, Gatherer& into, SideSums* sums, std::filesystem::path* directory = nullptr);
  bool compare(const VerifyWish&);
  bool sum();
  bool narrow(const std::vector<std::size_t>& buckets, DifferingKeys& found);
  bool narrow_some(const std::vector<bool>& chosen, DifferingKeys& found);
  bool name(const KeyFilter&);
  void tell_unreadable();
  void decide();

  const ResolvedJob& job_;
  plugin::Catalogue& catalogue_;
  SideRun runs_;
  job::Problems* problems_ = nullptr;
  OpenOutcome* failure_ = nullptr;
  std::size_t limit_ = 0;
  bool with_values_ = false;
  Verdict verdict_;
  std::unique_ptr<Sides> sides_;
};

}  // namespace sluice::engine
