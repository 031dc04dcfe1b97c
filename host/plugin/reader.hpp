// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <memory>
#include <optional>
#include <vector>

#include "plugin/failure.hpp"
#include "plugin/plugin.hpp"
#include "plugin/split.hpp"
#include "plugin/statement.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"
#include "record/validate.hpp"

namespace sluice::plugin {

// One split being read; ends when destroyed. Moves; next() from one thread at a time, cancel() from any, but not
// while the object itself is being moved or destroyed.
class ReadTask {
 public:
  ReadTask(ReadTask&&) noexcept;
  ReadTask& operator=(ReadTask&&) noexcept;
  ~ReadTask();

  const record::Schema& schema() const;
  // The next batch, checked against the schema; nothing at the end, and after it. After a failure the task is over.
  Result<std::optional<record::Batch>> next();
  // Makes a blocked next() return soon, if the plugin can.
  void cancel();

 private:
  friend class Reader;
  struct State;
  explicit ReadTask(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

// An open reader. Its calls wait for one another, so several lanes may share it; cancel() waits for none. Tasks must
// be gone before the reader is.
class Reader {
 public:
  static Result<Reader> open(const Plugin& plugin, const SluiceContext* context);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();  // closes

  const Plugin& plugin() const;
  Result<record::Schema> describe();
  Result<std::vector<Split>> plan(const PlanWish&);
  // The task's schema is the one of describe(), which need not have been called.
  Result<ReadTask> read(const SluiceContext* task, const Split&, record::Validation = record::Validation::quick);
  // sluice.explain/1: the statements of one split; none when the plugin has no such extension.
  Result<std::vector<Statement>> explain(const Split&);
  void cancel();

 private:
  struct State;
  explicit Reader(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace sluice::plugin
