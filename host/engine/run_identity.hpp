// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/open_job.hpp"

namespace sluice::engine {

// Which job a run belongs to. No secrets.
struct RunIdentity {
  std::string run;
  std::string job;          // the script's file, absolute; "-" for the standard input
  std::string fingerprint;  // of steps, their parameters and the zone: the same job, as far as its data goes
  std::string reader, reader_version;
  std::string writer, writer_version;
  std::chrono::system_clock::time_point started;
  boost::json::object scheduling = {};  // the values with which it began: job::FirstValues
  std::vector<std::string> processor_versions = {};
  bool is_named = true;  // who started it said how it is called, and may ask for it again
};

RunIdentity identify(const ResolvedJob&, std::string run);
boost::json::object to_json(const RunIdentity&);
RunIdentity identity_from_json(const boost::json::object&);
// RunIdentity::job of the script in that file.
std::string job_name(const std::string& file);

// Of a run's directory: job.json, the job without secrets, and then run.json. Where run.json is, there is a run.
plugin::Result<void> keep_identity(const std::filesystem::path& directory, const RunIdentity&, const ResolvedJob&);
plugin::Result<RunIdentity> read_identity(const std::filesystem::path& directory);

}  // namespace sluice::engine
