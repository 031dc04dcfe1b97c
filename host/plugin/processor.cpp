// SPDX-License-Identifier: Apache-2.0
#include "plugin/processor.hpp"

#include <boost/assert.hpp>
#include <mutex>

#include "plugin/arrival.hpp"
#include "plugin/call.hpp"

namespace sluice::plugin {

struct ProcessTask::State {
  const Plugin& plugin;
  record::Validation validation;
  record::Schema schema;  // of what comes out
  void* task = nullptr;

  ~State() {
    if (task != nullptr) plugin.processor.end(task);
  }
};

ProcessTask::ProcessTask(std::unique_ptr<State> state) : state_(std::move(state)) {}
ProcessTask::ProcessTask(ProcessTask&&) noexcept = default;
ProcessTask& ProcessTask::operator=(ProcessTask&&) noexcept = default;
ProcessTask::~ProcessTask() = default;

Result<std::optional<record::Batch>> ProcessTask::process(ArrowArray batch, std::int64_t ordinal) {
  const Plugin& plugin = state_->plugin;
  ArrowArray out{};
  const auto answer = call(plugin, "process", plugin.processor.process, state_->task, &batch, ordinal, &out);
  if (batch.release != nullptr) batch.release(&batch);  // the plugin should have taken it
  if (!answer) return answer.error();
  return take_batch(plugin, "process", &out, state_->schema, state_->validation);
}

Result<std::optional<record::Batch>> ProcessTask::finish() {
  const Plugin& plugin = state_->plugin;
  if (plugin.processor.finish == nullptr) return std::optional<record::Batch>();
  ArrowArray out{};
  if (auto answer = call(plugin, "finish", plugin.processor.finish, state_->task, &out); !answer) return answer.error();
  return take_batch(plugin, "finish", &out, state_->schema, state_->validation);
}

struct Processor::State {
  const Plugin& plugin;
  void* instance;
  std::mutex calls{};  // [job] calls wait for one another
  record::Schema described{};

  ~State() { plugin.processor.close(instance); }
};

Processor::Processor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Processor::Processor(Processor&&) noexcept = default;
Processor& Processor::operator=(Processor&&) noexcept = default;
Processor::~Processor() = default;

Result<Processor> Processor::open(const Plugin& plugin, const SluiceContext* context) {
  auto instance = open_instance(plugin, plugin.processor, context);
  if (!instance) return instance.error();
  return Processor(std::unique_ptr<State>(new State{plugin, *instance}));
}

const Plugin& Processor::plugin() const { return state_->plugin; }

Result<record::Schema> Processor::describe(const record::Schema& input) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  ArrowSchema raw{};
  if (auto answer = call(plugin, "describe", plugin.processor.describe, state_->instance, &input.raw(), &raw); !answer)
    return answer.error();
  auto schema = take_schema(plugin, "describe", &raw);
  if (!schema) return schema.error();
  state_->described = schema->clone();
  return std::move(*schema);
}

Result<ProcessTask> Processor::start(const SluiceContext* context, record::Validation validation) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  BOOST_ASSERT_MSG(state_->described.size() > 0, "start before describe");
  std::unique_ptr<ProcessTask::State> state(new ProcessTask::State{plugin, validation, state_->described.clone()});
  void* task = nullptr;
  if (auto answer = call(plugin, "start", plugin.processor.start, state_->instance, context, &task); !answer)
    return answer.error();
  if (task == nullptr) return breach(plugin.where("start"), "success without a task");
  state->task = task;
  return ProcessTask(std::move(state));
}

}  // namespace sluice::plugin
