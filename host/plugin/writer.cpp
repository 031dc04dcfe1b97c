// SPDX-License-Identifier: Apache-2.0
#include "plugin/writer.hpp"

#include <sluice/forget.h>

#include <cstring>
#include <mutex>

#include "plugin/arrival.hpp"
#include "plugin/call.hpp"
#include "plugin/extensions.hpp"
#include "plugin/text.hpp"
#include "plugin/write_task_state.hpp"

namespace sluice::plugin {
namespace {

template <std::size_t Size>
std::string bounded(const char (&text)[Size]) {
  return clean_text({text, strnlen(text, Size)});
}

Offer read_offer(const SluiceOffer& raw) {
  return {.target_missing = (raw.flags & SLUICE_TARGET_MISSING) != 0,
          .exactly_once = raw.delivery == SLUICE_EXACTLY_ONCE,
          .doubles_on_rerun = raw.doubles_on_rerun != 0,
          .max_tasks = raw.max_tasks,
          .reason = bounded(raw.reason),
          .ddl = bounded(raw.ddl)};
}

Counters read_counters(const SluiceCounters& raw) {
  return {raw.read, raw.added, raw.written, raw.skipped, raw.filtered, raw.dirty, raw.bytes};
}

}  // namespace

struct Writer::State {
  const Plugin& plugin;
  void* instance;
  std::mutex calls{};  // [job] calls wait for one another
  Gate gate{};

  ~State() {
    gate.close();
    plugin.writer.close(instance);
  }
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<Writer> Writer::open(const Plugin& plugin, const SluiceContext* context) {
  auto instance = open_instance(plugin, plugin.writer, context);
  if (!instance) return instance.error();
  return Writer(std::unique_ptr<State>(new State{plugin, *instance}));
}

const Plugin& Writer::plugin() const { return state_->plugin; }

Result<WriterDescription> Writer::describe(const record::Schema& input) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  ArrowSchema raw{};
  auto raw_offer = sized<SluiceOffer>();
  if (auto answer = call(plugin, "describe", plugin.writer.describe, state_->instance, &input.raw(), &raw, &raw_offer);
      !answer)
    return answer.error();
  const Offer offer = read_offer(raw_offer);
  if (offer.target_missing && raw.release == nullptr) return WriterDescription{record::Schema(), offer};
  auto wanted = take_schema(plugin, "describe", &raw);
  if (!wanted) return wanted.error();
  if (wanted->size() != input.size())
    return breach(plugin.where("describe"),
                  "it wants another number of columns than it was given: " + std::to_string(wanted->size()) + " for " +
                      std::to_string(input.size()));
  return WriterDescription{std::move(*wanted), offer};
}

Result<void> Writer::prepare(Prepare mode) {
  const std::lock_guard lock(state_->calls);
  return call(state_->plugin, "prepare", state_->plugin.writer.prepare, state_->instance,
              static_cast<std::int32_t>(mode));
}

Result<CommitAnswer> Writer::committed(std::string_view split, std::uint32_t attempt, std::string_view token) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  std::int32_t answer = -1;
  auto counters = sized<SluiceCounters>();
  if (auto asked = call(plugin, "committed", plugin.writer.committed, state_->instance, borrow(split), attempt,
                        borrow(token), &answer, &counters);
      !asked)
    return asked.error();
  const Counters known = read_counters(counters);
  const auto given = known == Counters() ? std::nullopt : std::optional(known);
  switch (answer) {
    case SLUICE_COMMITTED_NO:
      return CommitAnswer{CommitAnswer::Outcome::no, std::nullopt};
    case SLUICE_COMMITTED_YES:
      return CommitAnswer{CommitAnswer::Outcome::yes, given};
    case SLUICE_COMMITTED_UNKNOWN:
      return CommitAnswer{CommitAnswer::Outcome::unknown, std::nullopt};
  }
  return breach(plugin.where("committed"), "an answer that does not exist: " + std::to_string(answer));
}

Result<void> Writer::complete() {
  const std::lock_guard lock(state_->calls);
  return call(state_->plugin, "complete", state_->plugin.writer.complete, state_->instance);
}

Result<WriteTask> Writer::start(const SluiceContext* context) {
  const std::lock_guard lock(state_->calls);
  const Plugin& plugin = state_->plugin;
  void* task = nullptr;
  if (auto answer = call(plugin, "start", plugin.writer.start, state_->instance, context, &task); !answer)
    return answer.error();
  if (task == nullptr) return breach(plugin.where("start"), "success without a task");
  return WriteTask(std::unique_ptr<WriteTask::State>(new WriteTask::State{plugin, task}));
}

void Writer::cancel() {
  const auto cancel = state_->plugin.writer.cancel;
  if (cancel != nullptr) state_->gate.pass([&] { cancel(state_->instance); });
}

Result<std::vector<Statement>> Writer::explain() {
  const std::lock_guard lock(state_->calls);
  const auto table = extension<SluiceExplain>(state_->plugin, SLUICE_EXT_EXPLAIN);
  if (table.explain == nullptr) return std::vector<Statement>();
  StatementCollector lines;
  const SluiceSplit* all = nullptr;
  if (auto answer = call(state_->plugin, "explain", table.explain, state_->instance, all, lines.sink()); !answer)
    return answer.error();
  return lines.take();
}

Result<Readback> Writer::readback() {
  const std::lock_guard lock(state_->calls);
  const auto table = extension<SluiceReadback>(state_->plugin, SLUICE_EXT_READBACK);
  if (table.readback == nullptr) return no_extension(state_->plugin, SLUICE_EXT_READBACK);
  StatementCollector lines;
  if (auto answer = call(state_->plugin, "readback", table.readback, state_->instance, lines.sink()); !answer)
    return answer.error();
  return read_readback(lines.take(), state_->plugin.where("readback"));
}

Result<std::vector<Statement>> Writer::create_table(const record::Schema& input) {
  const std::lock_guard lock(state_->calls);
  const auto table = extension<SluiceDdl>(state_->plugin, SLUICE_EXT_DDL);
  if (table.create_table == nullptr) return no_extension(state_->plugin, SLUICE_EXT_DDL);
  StatementCollector lines;
  if (auto answer =
          call(state_->plugin, "create_table", table.create_table, state_->instance, &input.raw(), lines.sink());
      !answer)
    return answer.error();
  return lines.take();
}

Result<void> Writer::execute(std::string_view statement) {
  const std::lock_guard lock(state_->calls);
  const auto table = extension<SluiceDdl>(state_->plugin, SLUICE_EXT_DDL);
  if (table.execute == nullptr) return no_extension(state_->plugin, SLUICE_EXT_DDL);
  return call(state_->plugin, "execute", table.execute, state_->instance, borrow(statement));
}

bool Writer::can_forget() const { return extension<SluiceForget>(state_->plugin, SLUICE_EXT_FORGET).forget != nullptr; }

Result<void> Writer::forget(std::string_view run) {
  const std::lock_guard lock(state_->calls);
  const auto table = extension<SluiceForget>(state_->plugin, SLUICE_EXT_FORGET);
  if (table.forget == nullptr) return {};
  return call(state_->plugin, "forget", table.forget, state_->instance, borrow(run));
}

}  // namespace sluice::plugin
