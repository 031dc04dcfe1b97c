// SPDX-License-Identifier: Apache-2.0
// The processor `project`: selects, reorders and renames columns.
#include <sluice/extension.hpp>

#include <memory>
#include <utility>

#include "rearrange.hpp"
#include "selection.hpp"

namespace sluice::project {

namespace {

constexpr Option element_options[] = {
    option("name", SLUICE_STRING, "The column of this name").example("\"id\""),
    option("index", SLUICE_INTEGER, "The column at this position, from 0; instead of `name`").at_least(0).example("0"),
    option("as", SLUICE_STRING, "Its new name").example("\"order_id\""),
};

constexpr Option options[] = {
    option("column", SLUICE_ARRAY,
           "The columns to pass on, in this order: names, or objects that choose by name or position and may rename")
        .elements(SLUICE_STRING | SLUICE_OBJECT)
        .children(option_list<element_options>)
        .required()
        .example(R"(["id", {"name": "total", "as": "amount"}, {"index": 4}])"),
};

class ProjectTask : public ProcessTask {
 public:
  explicit ProjectTask(std::shared_ptr<const Selection> selection) : selection_(std::move(selection)) {}
  Batch process(Batch batch, int64_t) override { return rearrange(std::move(batch), selection_->sources); }

 private:
  std::shared_ptr<const Selection> selection_;
};

class Project : public Processor {
 public:
  static constexpr PluginInfo info{.name = "project",
                                   .version = "1.0.0",
                                   .description = "Selects, reorders and renames columns",
                                   .options = option_list<options>,
                                   .extension = extensions<Project>};

  explicit Project(Context context) : context_(context), wishes_(read_wishes(context)) {}

  static void check(const Context& context) { read_wishes(context); }

  Schema describe(const Schema& input) override {
    auto selection = select(wishes_, input, context_);
    if (!selection) throw invalid("the processor names columns that do not arrive");
    selection_ = std::make_shared<const Selection>(std::move(*selection));
    return selection_->schema;
  }
  std::unique_ptr<ProcessTask> start(Context) override { return std::make_unique<ProjectTask>(selection_); }

 private:
  Context context_;
  std::vector<Wish> wishes_;
  std::shared_ptr<const Selection> selection_;
};

}  // namespace

}  // namespace sluice::project

SLUICE_PLUGINS(sluice::project::Project)
