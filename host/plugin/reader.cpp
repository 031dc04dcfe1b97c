// SPDX-License-Identifier: Apache-2.0
#include "plugin/reader.hpp"

#include <mutex>

#include "plugin/arrival.hpp"
#include "plugin/call.hpp"
#include "plugin/extensions.hpp"
#include "plugin/gate.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {

// ---- The task -------------------------------------------------------------------------------------------------------

struct ReadTask::State {
  const Plugin& plugin;
  record::Validation validation;
  ArrowArrayStream stream{};  // stands still: its functions get its address
  record::Schema schema{};
  Gate gate{};
  std::optional<Failure> failed{};
  bool ended = false;

  ~State() {
    gate.close();
    if (stream.release != nullptr) stream.release(&stream);
  }

  // What went wrong after one of the stream's functions answered non-zero.
  Failure failure(std::string_view name, int answer) {
    SluiceError error = blank_error();
    plugin.reader.read_error(&stream, &error);
    const char* text = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
    const bool told = error.message[0] != '\0';
    Failure failure = read_failure(plugin.where(name), error.code, error);
    failure.flags &= ~SLUICE_OUTCOME_UNKNOWN;
    if (!told && text != nullptr && *text != '\0') failure.message = clean_text(text);
    if (!told && text == nullptr) failure.message += " (it answered " + std::to_string(answer) + ")";
    return failure;
  }

  Result<void> begin(const std::optional<record::Schema>& described);
  Result<std::optional<record::Batch>> next();
};

Result<void> ReadTask::State::begin(const std::optional<record::Schema>& described) {
  const std::string where = plugin.where("read");
  if (stream.release == nullptr) return breach(where, "success without a stream");
  if (stream.get_schema == nullptr || stream.get_next == nullptr) return breach(where, "a stream without functions");
  ArrowSchema raw{};
  if (const int answer = stream.get_schema(&stream, &raw); answer != 0) return failure("read", answer);
  auto taken = take_schema(plugin, "read", &raw);
  if (!taken) return taken.error();
  if (described && !same_shape(*taken, *described))
    return breach(where, "the split's columns are not those that describe named");
  schema = std::move(*taken);
  return {};
}

Result<std::optional<record::Batch>> ReadTask::State::next() {
  ArrowArray raw{};
  if (const int answer = stream.get_next(&stream, &raw); answer != 0) return failure("read", answer);
  return take_batch(plugin, "read", &raw, schema, validation);
}

ReadTask::ReadTask(std::unique_ptr<State> state) : state_(std::move(state)) {}
ReadTask::ReadTask(ReadTask&&) noexcept = default;
ReadTask& ReadTask::operator=(ReadTask&&) noexcept = default;
ReadTask::~ReadTask() = default;

const record::Schema& ReadTask::schema() const { return state_->schema; }

Result<std::optional<record::Batch>> ReadTask::next() {
  if (state_->failed) return *state_->failed;
  if (state_->ended) return std::optional<record::Batch>();
  auto batch = state_->next();
  if (!batch) state_->failed = batch.error();
  state_->ended = batch && !*batch;
  return batch;
}

void ReadTask::cancel() {
  const auto cancel = state_->plugin.reader.read_cancel;
  if (cancel != nullptr) state_->gate.pass([&] { cancel(&state_->stream); });
}

// ---- The instance ---------------------------------------------------------------------------------------------------

struct Reader::State {
  const Plugin& plugin;
  void* instance;
  std::mutex calls{};  // [job] calls wait for one another
  Gate gate{};
  std::optional<record::Schema> described{};

  ~State() {
    gate.close();
    plugin.reader.close(instance);
  }
};

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const Plugin& plugin, const SluiceContext* context) {
  auto instance = open_instance(plugin, plugin.reader, context);
  if (!instance) return instance.error();
  return Reader(std::unique_ptr<State>(new State{plugin, *instance}));
}

const Plugin& Reader::plugin() const { return state_->plugin; }

Result<record::Schema> Reader::describe() {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  ArrowSchema raw{};
  if (auto answer = call(plugin, "describe", plugin.reader.describe, state_->instance, &raw); !answer)
    return answer.error();
  auto schema = take_schema(plugin, "describe", &raw);
  if (!schema) return schema.error();
  state_->described = schema->clone();
  return std::move(*schema);
}

Result<std::vector<Split>> Reader::plan(const PlanWish& wish) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  auto request = sized<SluicePlanRequest>();
  request.flags = (wish.same_process ? SLUICE_SAME_PROCESS : 0) | (wish.consistent ? SLUICE_WANT_CONSISTENT : 0);
  request.lanes = wish.lanes;
  request.target_records = wish.target_records;
  request.target_bytes = wish.target_bytes;
  PlanCollector collector;
  const SluicePlanRequest* asked = &request;
  if (auto answer = call(plugin, "plan", plugin.reader.plan, state_->instance, asked, collector.sink()); !answer)
    return answer.error();
  return std::move(collector).finish(plugin.where("plan"));
}

Result<ReadTask> Reader::read(const SluiceContext* task, const Split& split, record::Validation validation) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  std::unique_ptr<ReadTask::State> state(new ReadTask::State{plugin, validation});
  const SluiceSplit raw = split.raw();
  const SluiceSplit* asked = &raw;
  if (auto answer = call(plugin, "read", plugin.reader.read, state_->instance, task, asked, &state->stream); !answer) {
    state->stream.release = nullptr;  // nothing was handed over
    return answer.error();
  }
  if (auto begun = state->begin(state_->described); !begun) return begun.error();
  return ReadTask(std::move(state));
}

Result<std::vector<Statement>> Reader::explain(const Split& split) {
  const std::lock_guard lock(state_->calls);
  const auto table = extension<SluiceExplain>(state_->plugin, SLUICE_EXT_EXPLAIN);
  if (table.explain == nullptr) return std::vector<Statement>();
  const SluiceSplit raw = split.raw();
  const SluiceSplit* asked = &raw;
  StatementCollector lines;
  if (auto answer = call(state_->plugin, "explain", table.explain, state_->instance, asked, lines.sink()); !answer)
    return answer.error();
  return lines.take();
}

void Reader::cancel() {
  const auto cancel = state_->plugin.reader.cancel;
  if (cancel != nullptr) state_->gate.pass([&] { cancel(state_->instance); });
}

}  // namespace sluice::plugin
