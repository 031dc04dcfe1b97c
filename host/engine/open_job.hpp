// SPDX-License-Identifier: Apache-2.0
//
// A job whose plugins are open: everything has been checked and nothing touched.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/job_services.hpp"
#include "job/data_source_use.hpp"
#include "job/job.hpp"
#include "job/secret.hpp"
#include "plugin/catalogue.hpp"
#include "plugin/context.hpp"
#include "plugin/processor.hpp"
#include "plugin/reader.hpp"
#include "plugin/writer.hpp"
#include "record/cast.hpp"
#include "record/schema.hpp"
#include "record/validate.hpp"

namespace sluice::engine {

// One step with its plugin and its checked parameters.
struct ResolvedStep {
  const job::Step* step = nullptr;
  const plugin::Plugin* plugin = nullptr;                // NULL when none was found; a problem says so
  std::shared_ptr<const plugin::Parameters> parameters;  // secrets are in there
  boost::json::object shown;                             // the same for people and the run's state: no secrets
  ParameterPlaces places;                                // of those that come from a data source
  bool is_complete = true;                               // false: its data source or a secret has a problem
  bool is_sound = true;                                  // its parameters have no problem so far
};

struct ResolvedJob {
  const job::Job* job = nullptr;
  ResolvedStep reader, writer;
  std::vector<ResolvedStep> processors;
};

struct ResolveRules {
  job::LintRules lint;
  job::DataSources* data_sources = nullptr;  // NULL: there are none
  job::SecretRules secrets;
};

// Finds the plugins, fills in data sources and secrets, and checks all parameters, their counts of columns and the
// plugins' offline rules. Makes no connection. What is wrong goes to `problems`.
ResolvedJob resolve(const job::Job&, plugin::Catalogue&, const ResolveRules&, Log&, job::Problems&);

struct OpenRules {
  bool check_only = false;   // no run will follow
  bool source_only = false;  // reader and processors will be used, the writer is only asked what it wants; the job is
                             // open without a cast when that fails
  bool reader_only = false;  // the writer stays closed
  bool resumable = true;
  bool create_table = false;  // a target that is missing is created by the run
  bool isolate = false;       // splits run in processes of their own
  std::string run_id;
  record::Validation validation = record::Validation::quick;
  std::uint32_t flags = 0;  // of every context besides: SLUICE_READBACK, SLUICE_REPLAY
  // What plugins find by get_extension: for those of the host's own.
  std::map<std::string, const void*, std::less<>> extensions;
};

// Everything connected and described. The members are used by the engine; the schemas are for whoever shows a plan.
struct OpenJob {
  const job::Job* job = nullptr;
  OpenRules rules;
  std::unique_ptr<JobServices> services;                     // of the job
  std::vector<std::unique_ptr<StepServices>> step_services;  // of the instances
  std::vector<std::unique_ptr<plugin::Context>> contexts;    // of the instances
  std::shared_ptr<const plugin::Parameters> reader_parameters, writer_parameters;
  std::vector<std::shared_ptr<const plugin::Parameters>> processor_parameters;
  std::optional<plugin::Reader> reader;
  std::vector<plugin::Processor> processors;
  std::optional<plugin::Writer> writer;

  record::Schema source;                  // of the reader
  std::vector<record::Schema> processed;  // after each processor
  plugin::WriterDescription target;
  std::optional<record::Cast> cast;  // nothing while the target is missing
  // With OpenRules::create_table, for a target that is missing: what sluice.ddl/1 says, its statement first.
  std::vector<plugin::Statement> creation;
  // That statement; empty for none.
  std::string create_table() const;

  // What arrives at the cast.
  const record::Schema& arriving() const { return processed.empty() ? source : processed.back(); }
};

struct OpenOutcome {
  std::unique_ptr<OpenJob> job;            // nothing when something that is needed is wrong; `problems` says what
  std::optional<plugin::Failure> failure;  // a call that failed, rather one that no later try helps; a problem, too
  std::size_t failed_calls = 0;
};

// Opens reader, processors and writer, matches columns and types. Reports every problem that it can reach: when there
// are some already, the steps that have none are looked at all the same.
OpenOutcome open(const ResolvedJob&, OpenRules, Log&, job::Problems&);

// Who a task is for; instances are numbered as `contexts` are: the reader, the processors, the writer.
plugin::Identity task_identity(const OpenJob&, std::size_t instance, const plugin::Split&, std::uint32_t attempt);

// What every plan of the job is asked for.
plugin::PlanWish plan_wish(const OpenJob&);

// The exit code for a job that could not be opened: 75 when a later try may help, else 2 or 1.
int exit_code_of(const OpenOutcome&, const job::Problems&);

}  // namespace sluice::engine
