// SPDX-License-Identifier: Apache-2.0
#include "engine/gather.hpp"

#include <sluice/sluice.hpp>

#include <utility>

#include "plugin/file_table.hpp"

namespace sluice::engine {
namespace {

class TaskOfGather : public sluice::WriteTask {
 public:
  explicit TaskOfGather(std::unique_ptr<GatherTask> task) : task_(std::move(task)) {}

  void write(sluice::Batch batch, int64_t) override {
    ArrowArray raw{};
    batch.release_to(&raw);
    task_->add(record::Batch(&raw));
  }
  void commit(const SluiceCounters&) override { task_->commit(); }
  void abort() noexcept override {}

 private:
  std::unique_ptr<GatherTask> task_;
};

class GatherWriter : public sluice::Writer {
 public:
  static constexpr sluice::PluginInfo info{
      .name = "gather", .version = "1.0.0", .description = "Looks at records, writes none"};

  explicit GatherWriter(sluice::Context context) {
    const auto* target =
        static_cast<const GatherTarget*>(context.raw()->get_extension(context.raw(), gather_extension));
    if (target == nullptr) throw internal("nobody gathers the records");
    gatherer_ = target->gatherer;
  }

  sluice::WriterPlan describe(const sluice::Schema&) override {
    return {.wanted = sluice::Schema::import(gatherer_->wanted().raw()), .reason = "nothing is written"};
  }
  std::unique_ptr<sluice::WriteTask> start(sluice::Context) override {
    return std::make_unique<TaskOfGather>(gatherer_->start());
  }

 private:
  Gatherer* gatherer_ = nullptr;
};

}  // namespace

const plugin::Plugin& gather_plugin() {
  static const auto table = plugin::read_file_table(&sluice::detail::plugin_file<GatherWriter>, "gather");
  return table->front();
}

}  // namespace sluice::engine
