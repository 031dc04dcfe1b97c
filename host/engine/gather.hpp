// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "plugin/plugin.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// The records of one split, on their way into a Gatherer. One thread; what was added counts with the commit.
class GatherTask {
 public:
  virtual ~GatherTask() = default;
  virtual void add(const record::Batch&) = 0;
  virtual void commit() = 0;
};

// Where the records of a job end up when it is run to look at them: all that happens to them on the way, up to the
// checked cast to `wanted`, happens as in any run, but nothing is written. Any thread.
class Gatherer {
 public:
  virtual ~Gatherer() = default;
  virtual const record::Schema& wanted() const = 0;
  virtual std::unique_ptr<GatherTask> start() = 0;
};

// The writer for that, in place of the job's own. It finds a GatherTarget by this name among OpenRules::extensions.
inline constexpr const char* gather_extension = "sluice.gather/0";
struct GatherTarget {
  Gatherer* gatherer;
};
const plugin::Plugin& gather_plugin();

}  // namespace sluice::engine
