// SPDX-License-Identifier: Apache-2.0
//
// What passes between the run and its child processes, as JSON and back. Bytes that need not be UTF-8 are in base64.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <vector>

#include "engine/open_job.hpp"
#include "engine/split_run.hpp"

namespace sluice::launch {

boost::json::object to_json(const plugin::Failure&);
plugin::Failure failure_of(const boost::json::object&);

boost::json::object to_json(const engine::Facts&);
engine::Facts facts_of(const boost::json::object&);

boost::json::object to_json(const engine::SplitOutcome&);
engine::SplitOutcome outcome_of(const boost::json::object&);

// A job that is checked already, for a process that opens it again: plugin files, parameters with their secrets, what
// of the setting concerns one split.
boost::json::object to_json(const engine::ResolvedJob&, const engine::OpenJob&);

struct ReceivedJob {
  job::Job job;
  engine::ResolvedJob resolved;
  engine::OpenRules rules;
};
// Loads the plugins. Its pointers lead into itself: it stays where it is.
plugin::Result<std::unique_ptr<ReceivedJob>> job_of(const boost::json::object&);

}  // namespace sluice::launch
