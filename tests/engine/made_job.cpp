// SPDX-License-Identifier: Apache-2.0
#include "made_job.hpp"

#include <boost/test/unit_test.hpp>
#include <optional>
#include <sstream>

#include "engine/durable_file.hpp"
#include "plugin/file_table.hpp"
#include "sluice/extension.hpp"
#include "sluice/sluice.hpp"

Made* made = nullptr;

namespace {

sluice::Schema schema() {
  if (made->nulls) return sluice::Schema({{"nothing", sluice::type(sluice::TypeId::null_)}});
  std::vector<sluice::Field> fields{{"id", sluice::type(sluice::TypeId::int64)}};
  if (made->text_bytes > 0) fields.push_back({"text", sluice::type(sluice::TypeId::utf8)});
  return sluice::Schema(std::move(fields));
}

void count_one_more(std::atomic<int>& count, std::atomic<int>& most) {
  const int now = ++count;
  int seen = most;
  while (now > seen && !most.compare_exchange_weak(seen, now)) {
  }
}

class MadeReadTask : public sluice::ReadTask {
 public:
  MadeReadTask(sluice::Context context, std::uint64_t split)
      : context_(context), builder_(schema()), split_(split), text_(made->text_bytes, 'x') {
    count_one_more(made->readers, made->most_readers);
    if (made->reader_reserves > 0) reservation_.emplace(context, made->reader_reserves);
  }
  ~MadeReadTask() override { --made->readers; }

  bool next(ArrowArray* out) override {
    if (at_ == made->records) return false;
    const auto target = context_.batch_target().records;
    for (std::uint64_t n = 0; n < std::min(made->batch, target) && at_ < made->records; ++at_) {
      context_.throw_if_cancelled();
      if (made->on_read) made->on_read(split_, context_.attempt(), at_);
      const auto value = static_cast<std::int64_t>(split_ * made->records + at_);
      if (made->unreadable.contains(value) || made->all_unreadable) {
        context_.reject({.code = "parse", .message = "no number", .raw = "?", .location = "made:1"});
        continue;
      }
      ++n;
      if (made->nulls) {
        builder_.column(0).append_null();
        continue;
      }
      builder_.column(0).append<std::int64_t>(value);
      if (made->text_bytes > 0) builder_.column(1).append_text(text_);
    }
    builder_.finish(out);
    return true;
  }

 private:
  sluice::Context context_;
  std::optional<sluice::Reservation> reservation_;
  sluice::BatchBuilder builder_;
  std::uint64_t split_;
  std::string text_;
  std::uint64_t at_ = 0;
};

class MadeReader : public sluice::Reader {
 public:
  static constexpr sluice::PluginInfo info{.name = "made", .version = "1", .description = "for tests"};
  explicit MadeReader(sluice::Context) {}
  sluice::Schema describe() override { return schema(); }
  void plan(const SluicePlanRequest&, const sluice::SplitSink& sink) override {
    for (std::uint64_t i = 0; i < made->splits; ++i)
      sink.add({.key = std::to_string(i),
                .payload = std::to_string(i),
                .label = "number " + std::to_string(i),
                .fingerprint = made->fingerprint,
                .stable = made->stable,
                .records = static_cast<std::int64_t>(made->records),
                .bytes = made->planned_bytes});
  }
  std::unique_ptr<sluice::ReadTask> read(sluice::Context task, const sluice::Split& split) override {
    return std::make_unique<MadeReadTask>(task, std::stoull(split.payload));
  }
};

class MadeWriteTask : public sluice::WriteTask {
 public:
  explicit MadeWriteTask(sluice::Context context) : context_(context) {
    if (made->writer_reserves > 0) reservation_.emplace(context, made->writer_reserves);
    count_one_more(made->tasks, made->most_tasks);
  }
  ~MadeWriteTask() override { --made->tasks; }

  void write(sluice::Batch batch, int64_t ordinal) override {
    if (made->on_write) made->on_write(context_.attempt());
    if (made->hold_until_flush)
      hold(std::move(batch), ordinal);
    else
      take(batch, ordinal);
  }
  void flush() override {
    for (auto& [batch, ordinal] : held_) take(batch, ordinal);
    held_.clear();
  }
  void commit(const SluiceCounters&) override {
    context_.skipped(made->lie);
    if (made->on_commit) made->on_commit(context_.attempt());
    const std::lock_guard lock(made->mutex);
    made->committed.insert(values_.begin(), values_.end());
    if (!values_.empty()) made->first_values.push_back(values_.front());
    ++made->commits;
  }
  void abort() noexcept override { ++made->aborts; }

 private:
  void hold(sluice::Batch batch, int64_t ordinal) {
    held_.emplace_back(std::move(batch), ordinal);
    made->most_held = std::max(made->most_held.load(), held_.size());
  }
  void take(const sluice::Batch& batch, int64_t ordinal) {
    if (made->nulls) return values_.resize(values_.size() + static_cast<std::size_t>(batch.size()));
    const auto ids = batch.column(0, sluice::type(sluice::TypeId::int64));
    for (int64_t row = 0; row < batch.size(); ++row) {
      const auto value = ids.value<std::int64_t>(row);
      if (made->refused.contains(value))
        context_.reject({.batch = ordinal, .row = row, .column = 0, .code = "conflict", .message = "no"});
      else if (made->skip_each > 0 && static_cast<std::uint64_t>(value) % made->skip_each == 0)
        context_.skipped(1);
      else
        values_.push_back(value);
    }
    if (made->lie > 0 && row_lies_++ == 0) context_.skipped(made->lie);
  }

  sluice::Context context_;
  std::optional<sluice::Reservation> reservation_;
  std::vector<std::pair<sluice::Batch, int64_t>> held_;
  std::vector<std::int64_t> values_;
  int row_lies_ = 0;
};

class MadeWriter : public sluice::Writer {
 public:
  static constexpr sluice::PluginInfo info{
      .name = "made", .version = "1", .description = "for tests", .extension = sluice::extensions<MadeWriter>};
  explicit MadeWriter(sluice::Context) {}
  sluice::WriterPlan describe(const sluice::Schema& input) override {
    if (made->on_describe) made->on_describe();
    return {.wanted = input, .max_tasks = made->max_tasks, .doubles_on_rerun = made->doubles};
  }
  void prepare(bool resume) override {
    ++made->prepared;
    if (made->on_prepare) made->on_prepare(resume);
  }
  sluice::Committed committed(std::string_view, uint32_t, std::string_view) override {
    if (made->on_ask) made->on_ask();
    return {made->committed_answer, {}};
  }
  void complete() override {
    ++made->completed;
    if (made->on_complete) made->on_complete();
  }
  void forget(std::string_view run) {
    if (made->on_forget) made->on_forget();
    made->forgotten.emplace_back(run);
  }
  std::unique_ptr<sluice::WriteTask> start(sluice::Context task) override {
    return std::make_unique<MadeWriteTask>(task);
  }
};

struct Silent : sluice::engine::Log {
  void write(sluice::engine::LogLevel, std::string_view, std::string_view) override {}
};

}  // namespace

RanJob::RanJob(Made& plugins, const std::string& setting) {
  made = &plugins;
  run(setting, false);
}

void RanJob::resume(const std::string& setting) { run(setting, true); }

OpenedJob::OpenedJob(Made& plugins, const std::string& setting, sluice::engine::OpenRules rules)
    : log(std::make_unique<Silent>()) {
  namespace plugin = sluice::plugin;
  made = &plugins;
  static const auto table = plugin::read_file_table(&sluice::detail::plugin_file<MadeReader, MadeWriter>, "made");
  BOOST_REQUIRE(table);
  auto parsed = sluice::job::parse(R"({"steps":[{"stepType":"made","category":"reader","name":"Reader","parameter":{}},
      {"stepType":"made","category":"writer","name":"Writer","parameter":{}}],"setting":)" +
                                       setting + "}",
                                   "job.json", {}, problems);
  BOOST_REQUIRE_MESSAGE(parsed && !problems.has_errors(), problems.render("job.json"));
  script = std::make_unique<sluice::job::Job>(std::move(*parsed));
  resolved.job = script.get();
  const auto none = std::make_shared<plugin::Parameters>(boost::json::object());
  resolved.reader = {&script->reader, &(*table)[0], none};
  resolved.writer = {&script->writer, &(*table)[1], none};
  outcome = sluice::engine::open(resolved, std::move(rules), *log, problems);
}

void RanJob::run(const std::string& setting, bool resume) {
  namespace engine = sluice::engine;
  OpenedJob opened(*made, setting, {.run_id = "test", .validation = sluice::record::Validation::full});
  BOOST_REQUIRE_MESSAGE(opened.outcome.job, opened.problems.render("job.json"));
  const auto identity = engine::identify(opened.resolved, "test");
  auto state = resume ? engine::RunState::resume(directory.path, identity)
                      : engine::RunState::create(directory.path, identity, opened.resolved);
  BOOST_REQUIRE(state);
  summary = engine::run(*opened.outcome.job, **state, {}, {});
  peak_budget = opened.outcome.job->services->budget.peak();
}

std::vector<std::string> RanJob::dirty_lines() const {
  const auto text = sluice::engine::read_file(directory.path / "dirty.jsonl");
  std::vector<std::string> lines;
  if (!text) return lines;
  std::istringstream stream(*text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}
