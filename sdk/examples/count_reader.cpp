// SPDX-License-Identifier: Apache-2.0
// The smallest whole reader: counts from `from` to `to`, in splits that several lanes can read.
#include <sluice/sluice.hpp>

#include <algorithm>

namespace {

constexpr sluice::Option options[] = {
    sluice::option("from", SLUICE_INTEGER, "The first number").default_value("1"),
    sluice::option("to", SLUICE_INTEGER, "The last number").required().example("1000"),
};

// Reads one split: the numbers from `next` to `last`.
class CountTask : public sluice::ReadTask {
 public:
  CountTask(sluice::Context context, const sluice::Schema& schema, int64_t next, int64_t last)
      : context_(context), builder_(schema), next_(next), last_(last) {}

  bool next(ArrowArray* out) override {
    if (next_ > last_) return false;
    const auto target = static_cast<int64_t>(context_.batch_target().records);
    for (const int64_t end = std::min(last_, next_ + target - 1); next_ <= end; ++next_) {
      builder_.column(0).append(next_);
      builder_.column(1).append_text(next_ % 2 == 0 ? "even" : "odd");
    }
    builder_.finish(out);
    return true;
  }

 private:
  sluice::Context context_;
  sluice::BatchBuilder builder_;
  int64_t next_, last_;
};

class CountReader : public sluice::Reader {
 public:
  static constexpr sluice::PluginInfo info{
      .name = "count", .version = "1.0.0", .description = "Counts up", .options = sluice::option_list<options>};

  explicit CountReader(sluice::Context context) : from_(context.integer("from", 1)), to_(context.integer("to", 0)) {}

  sluice::Schema describe() override {
    return sluice::Schema(
        {{"number", sluice::type(sluice::TypeId::int64), false}, {"kind", sluice::type(sluice::TypeId::utf8), false}});
  }

  // A split's payload is all that `read` needs, maybe in another process: "1..200000".
  void plan(const SluicePlanRequest& request, const sluice::SplitSink& sink) override {
    const auto size = static_cast<int64_t>(request.target_records);
    for (int64_t first = from_; first <= to_; first += size) {
      const int64_t last = std::min(to_, first + size - 1);
      const std::string range = std::to_string(first) + ".." + std::to_string(last);
      sink.add({.key = range, .payload = range, .label = range, .records = last - first + 1});
    }
  }

  std::unique_ptr<sluice::ReadTask> read(sluice::Context task, const sluice::Split& split) override {
    const size_t dots = split.payload.find("..");
    return std::make_unique<CountTask>(task, describe(), std::stoll(split.payload.substr(0, dots)),
                                       std::stoll(split.payload.substr(dots + 2)));
  }

 private:
  int64_t from_, to_;
};

}  // namespace

SLUICE_PLUGINS(CountReader)
