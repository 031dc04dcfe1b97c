// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "plugin/failure.hpp"
#include "plugin/plugin.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"
#include "record/validate.hpp"

namespace sluice::plugin {

// One split on its way through a processor; ends when destroyed. Calls from one thread at a time.
class ProcessTask {
 public:
  ProcessTask(ProcessTask&&) noexcept;
  ProcessTask& operator=(ProcessTask&&) noexcept;
  ~ProcessTask();

  // Gives the batch away, also on failure. Nothing: there is nothing to pass on yet.
  Result<std::optional<record::Batch>> process(ArrowArray batch, std::int64_t ordinal);
  // What is left, a batch a call, until nothing comes.
  Result<std::optional<record::Batch>> finish();

 private:
  friend class Processor;
  struct State;
  explicit ProcessTask(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

// An open processor. Its calls wait for one another, so several lanes may share it. Tasks must be gone before it is.
class Processor {
 public:
  static Result<Processor> open(const Plugin& plugin, const SluiceContext* context);
  Processor(Processor&&) noexcept;
  Processor& operator=(Processor&&) noexcept;
  ~Processor();  // closes

  const Plugin& plugin() const;
  Result<record::Schema> describe(const record::Schema& input);
  // After describe(), whose answer every batch is checked against.
  Result<ProcessTask> start(const SluiceContext* task, record::Validation = record::Validation::quick);

 private:
  struct State;
  explicit Processor(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace sluice::plugin
