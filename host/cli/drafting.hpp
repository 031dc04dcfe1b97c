// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/job_draft.hpp"
#include "cli/resolve_text.hpp"

namespace sluice::cli {

// What it takes to judge a job that is being made. Borrows all of it.
struct Drafting {
  plugin::Catalogue& catalogue;
  engine::Log& log;
  const DataSourceOptions& data_sources;
  std::string file;  // where the script will be: as resolve_text() wants it

  // The draft as `check --offline` would read it; secrets are looked up for those who connect.
  ReadJob read(const JobDraft&, bool offline = true) const;
};

}  // namespace sluice::cli
