// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/budget.hpp"
#include "engine/log.hpp"
#include "engine/stop.hpp"
#include "engine/throttle.hpp"
#include "job/data_source_use.hpp"
#include "job/job.hpp"
#include "plugin/services.hpp"

namespace sluice::engine {

// What plugins and the engine have to tell, for a summary or a plan. A plain value.
struct Facts {
  std::vector<std::pair<std::string, std::string>> notes;  // the last value of a key counts
  std::string consistent;                                  // the note of that name; empty: nothing is said
  std::vector<std::string> warnings;
  std::map<std::string, std::int64_t> metrics;
};

// What all steps of an open job share: its stop, its memory, its throttle, its notes. Any thread.
class JobServices {
 public:
  JobServices(const job::Setting& setting, Log& log);

  Stop stop;
  Budget budget;
  Throttle throttle;
  Log& log;
  std::map<std::string, const void*, std::less<>> extensions;  // see OpenRules; set before any plugin is open

  // How many lanes run; batch targets depend on it.
  void set_lanes(std::uint32_t lanes) { lanes_ = lanes; }
  std::uint32_t lanes() const { return lanes_; }

  void note(std::string_view key, std::string_view value);
  void warn(std::string text);
  void count(std::string_view metric, std::int64_t delta);
  Facts facts() const;
  // For a part of the job in another process: what is new there, and adding it here. It has been logged already.
  Facts take_facts();
  void add(const Facts&);

 private:
  std::atomic<std::uint32_t> lanes_;
  mutable std::mutex mutex_;
  Facts facts_;
};

// Where parameters stand that come from a data source: by their path inside of `parameter`.
using ParameterPlaces = job::DataSourceUse::Places;

// What the host does for an instance of one step. While a job is being opened its problems go to the list, with their
// place in the script; later they are log lines.
class StepServices : public plugin::Services {
 public:
  // `places` is NULL: all parameters stand in the script. `is_patient`: see Reservation.
  StepServices(JobServices& job, const job::Job& script, const job::Step& step, const ParameterPlaces* places = nullptr,
               bool is_patient = false)
      : job_(job), script_(script), step_(step), places_(places), reservation_(job.budget, is_patient) {}

  // NULL: no longer. The list is used from the thread of open() and from the plugin's calls during it only.
  void collect_problems(job::Problems* problems);

  const job::Step& step() const { return step_; }
  JobServices& job() const { return job_; }

  void log(plugin::LogLevel level, std::string_view text) override { job_.log.write(level, step_.name, text); }
  void problem(const plugin::StepProblem&) override;
  bool is_cancelled() override { return job_.stop.requested(); }
  bool wait(std::chrono::milliseconds time) override { return job_.stop.wait_for(time); }
  void note(std::string_view key, std::string_view value) override { job_.note(key, value); }
  void metric(std::string_view name, std::int64_t delta) override { job_.count(name, delta); }
  plugin::Result<void> reserve(std::uint64_t bytes) override;
  void unreserve(std::uint64_t bytes) override { reservation_.give_back(bytes); }
  // What it reserves from now on: others may wait for this task.
  void reserve_at_once() { reservation_.wait_no_more(); }
  Reservation& reservation() { return reservation_; }
  const void* extension(const char* id) override;
  plugin::BatchTarget batch_target() override { return job_.throttle.batch_target(job_.lanes()); }

 private:
  JobServices& job_;
  const job::Job& script_;
  const job::Step& step_;
  const ParameterPlaces* const places_;
  Reservation reservation_;
  std::mutex mutex_;
  job::Problems* problems_ = nullptr;
};

}  // namespace sluice::engine
