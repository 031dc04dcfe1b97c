// SPDX-License-Identifier: Apache-2.0
#include "engine/letter_reader.hpp"

#include <sluice/sluice.hpp>

#include <memory>
#include <utility>

#include "engine/letter_records.hpp"
#include "plugin/file_table.hpp"

namespace sluice::engine {
namespace {

constexpr std::uint64_t bytes_of_split = std::uint64_t{16} << 20;
constexpr std::uint64_t records_of_split = 50'000;
constexpr std::size_t records_of_batch = 1000;

constexpr sluice::Option options[] = {
    sluice::option("directory", SLUICE_STRING, "Directory of the run").required(),
    sluice::option("step", SLUICE_STRING, "The step that refused the records").required()};

class LetterTask : public sluice::ReadTask {
 public:
  explicit LetterTask(LetterRecords records) : records_(std::move(records)) {}

  bool next(ArrowArray* out) override {
    auto batch = records_.next(records_of_batch);
    if (!batch) throw sluice::bad_data("a dirty record cannot be read back: " + batch.error());
    if (!*batch) return false;
    *out = record::lend(record::share(std::move(**batch)));
    return true;
  }

 private:
  LetterRecords records_;
};

class LetterReader : public sluice::Reader {
 public:
  static constexpr sluice::PluginInfo info{.name = "replay",
                                           .version = "1.0.0",
                                           .description = "Dirty records of a run",
                                           .options = sluice::option_list<options>};

  explicit LetterReader(sluice::Context context)
      : context_(context), directory_(context.string("directory", "")), step_(context.string("step", "")) {
    auto plan = read_plan(directory_);
    if (!plan) throw sluice::not_found(plan.error().text());
    const StageSchema* stage = plan->stage(step_);
    if (stage == nullptr) throw sluice::not_found("the run has no such step: " + step_);
    stage_ = *stage;
  }

  sluice::Schema describe() override { return sluice::Schema::import(record::Schema::make(stage_.fields).raw()); }

  void plan(const SluicePlanRequest&, const sluice::SplitSink& sink) override {
    DeadLetters letters(directory_);
    std::uint64_t begin = 0, records = 0;
    const auto close = [&] {
      const std::uint64_t end = letters.offset();
      if (records > 0)
        sink.add({.key = "dirty records at " + std::to_string(begin),
                  .payload = std::to_string(begin) + " " + std::to_string(end),
                  .label = "dirty records, bytes " + std::to_string(begin) + " to " + std::to_string(end),
                  .fingerprint = std::to_string(end - begin) + " bytes",
                  .records = static_cast<int64_t>(records),
                  .bytes = static_cast<int64_t>(end - begin)});
      begin = end;
      records = 0;
    };
    while (const auto letter = letters.next()) {
      if (LetterRecords::step_of(*letter) == step_) ++records;
      if (records >= records_of_split || letters.offset() - begin >= bytes_of_split) close();
      context_.throw_if_cancelled();
    }
    close();
  }

  std::unique_ptr<sluice::ReadTask> read(sluice::Context, const sluice::Split& split) override {
    std::size_t space = 0;
    const std::uint64_t begin = std::stoull(split.payload, &space);
    const std::uint64_t end = std::stoull(split.payload.substr(space));
    return std::make_unique<LetterTask>(LetterRecords(DeadLetters(directory_, begin, end), stage_));
  }

 private:
  sluice::Context context_;
  const std::string directory_, step_;
  StageSchema stage_;
};

}  // namespace

const plugin::Plugin& letter_reader() {
  static const auto table = plugin::read_file_table(&sluice::detail::plugin_file<LetterReader>, "replay");
  return table->front();
}

}  // namespace sluice::engine
