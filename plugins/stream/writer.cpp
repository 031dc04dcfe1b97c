// SPDX-License-Identifier: Apache-2.0
#include "writer.hpp"

#include "print.hpp"

namespace sluice::stream {

namespace {

class DiscardTask : public WriteTask {
 public:
  DiscardTask(Context context, int64_t delay) : context_(context), delay_(delay) {}
  void write(Batch, int64_t) override { pause(); }
  void commit(const SluiceCounters&) override {}
  void abort() noexcept override {}

 protected:
  void pause() const {
    if (delay_ > 0) context_.wait(delay_);
  }

 private:
  Context context_;
  int64_t delay_;
};

class PrintTask : public DiscardTask {
 public:
  PrintTask(Context context, int64_t delay, Schema schema, std::string delimiter)
      : DiscardTask(context, delay), schema_(std::move(schema)), delimiter_(std::move(delimiter)) {}
  void write(Batch batch, int64_t) override {
    lines_.clear();
    append_lines(lines_, batch, schema_, delimiter_);
    print(lines_);
    pause();
  }

 private:
  Schema schema_;
  std::string delimiter_;
  std::string lines_;
};

// What prints as it is: text, and bytes in hexadecimal digits. The host casts everything else to text.
Schema printable(const Schema& input) {
  Schema wanted;
  for (Field field : input.fields()) {
    if (!field.type.is_variable()) field.type = type(TypeId::utf8);
    wanted.add(std::move(field));
  }
  return wanted;
}

}  // namespace

StreamWriter::StreamWriter(Context context)
    : print_(context.boolean("print", true)),
      delimiter_(context.string("fieldDelimiter", "\t")),
      delay_(context.integer("delay", 0)) {}

WriterPlan StreamWriter::describe(const Schema& input) {
  wanted_ = print_ ? printable(input) : input;
  if (print_) return {.wanted = wanted_, .reason = "what was printed cannot be taken back", .doubles_on_rerun = true};
  return {.wanted = wanted_, .delivery = SLUICE_EXACTLY_ONCE, .reason = "nothing is kept"};
}

std::unique_ptr<WriteTask> StreamWriter::start(Context task) {
  if (print_) return std::make_unique<PrintTask>(task, delay_, wanted_, delimiter_);
  return std::make_unique<DiscardTask>(task, delay_);
}

}  // namespace sluice::stream
