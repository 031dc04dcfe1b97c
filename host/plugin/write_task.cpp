// SPDX-License-Identifier: Apache-2.0
#include <boost/assert.hpp>

#include "plugin/call.hpp"
#include "plugin/sized.hpp"
#include "plugin/text.hpp"
#include "plugin/write_task_state.hpp"

namespace sluice::plugin {

SluiceCounters Counters::raw() const {
  auto raw = sized<SluiceCounters>();
  raw.read = read;
  raw.added = added;
  raw.written = written;
  raw.skipped = skipped;
  raw.filtered = filtered;
  raw.dirty = dirty;
  raw.bytes = bytes;
  return raw;
}

WriteTask::WriteTask(std::unique_ptr<State> state) : state_(std::move(state)) {}
WriteTask::WriteTask(WriteTask&&) noexcept = default;
WriteTask& WriteTask::operator=(WriteTask&&) noexcept = default;
WriteTask::~WriteTask() = default;

Result<void> WriteTask::write(ArrowArray batch, std::int64_t ordinal) {
  const auto answer = call(state_->plugin, "write", state_->plugin.writer.write, state_->task, &batch, ordinal);
  if (batch.release != nullptr) batch.release(&batch);  // the plugin should have taken it
  return answer;
}

Result<void> WriteTask::flush() { return call(state_->plugin, "flush", state_->plugin.writer.flush, state_->task); }

Result<std::string> WriteTask::commit_token() {
  const Plugin& plugin = state_->plugin;
  if (plugin.writer.commit_token == nullptr) return std::string();
  SluiceString token{};
  if (auto answer = call(plugin, "commit_token", plugin.writer.commit_token, state_->task, &token); !answer)
    return answer.error();
  return std::string(view(token));
}

Result<void> WriteTask::commit(const Counters& counters) {
  const bool open = state_->gate.close();
  BOOST_ASSERT_MSG(open, "commit of a task that has ended");
  if (!open) return breach(state_->plugin.where("commit"), "the task has ended already");
  const SluiceCounters raw = counters.raw();
  return call(state_->plugin, "commit", state_->plugin.writer.commit, state_->task, &raw);
}

void WriteTask::abort() { state_->end_by_abort(); }

void WriteTask::cancel() {
  const auto cancel = state_->plugin.writer.cancel_task;
  if (cancel != nullptr) state_->gate.pass([&] { cancel(state_->task); });
}

}  // namespace sluice::plugin
