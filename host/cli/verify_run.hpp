// SPDX-License-Identifier: Apache-2.0
//
// What `verify` and `run --verify` share: the comparison of a job's two sides, with its options.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/arguments.hpp"
#include "cli/job_request.hpp"
#include "engine/verification.hpp"

namespace sluice::cli {

struct VerifyOptions {
  std::string key, extra;
  std::size_t limit = 0;
  bool values = false;

  void add_to(Arguments&);
  std::string problem() const;
  engine::VerifyWish wish() const;
};

// Nothing when the job's problems, or a side that cannot be reached, keep it from being compared; `code` is the exit
// code then, and the problems have not been told yet. Ends the process when a call of a plugin was abandoned.
struct Verified {
  std::optional<engine::Verdict> verdict;
  int code = 0;
};
Verified verify_job(ReadJob& read, const engine::VerifyWish& wish, plugin::Catalogue& catalogue,
                    const std::filesystem::path& state, record::Validation validation, engine::Log& log,
                    Console& console);

}  // namespace sluice::cli
