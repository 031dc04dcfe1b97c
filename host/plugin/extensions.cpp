// SPDX-License-Identifier: Apache-2.0
#include "plugin/extensions.hpp"

#include "plugin/call.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {

namespace {

// A sink that keeps the steps, with the time that each one took.
class PingCollector {
 public:
  PingCollector() : sink_(sized<SluiceTextSink>()) {
    sink_.host = this;
    sink_.emit = [](const SluiceTextSink* sink, SluiceString step, SluiceString outcome, SluiceString text) noexcept {
      static_cast<PingCollector*>(sink->host)->add(step, outcome, text);
    };
  }
  PingCollector(const PingCollector&) = delete;
  PingCollector& operator=(const PingCollector&) = delete;

  const SluiceTextSink* sink() const { return &sink_; }
  std::vector<PingStep> take() { return std::move(steps_); }

 private:
  using Clock = std::chrono::steady_clock;

  void add(SluiceString step, SluiceString outcome, SluiceString text) {
    const auto now = Clock::now();
    const auto clean = [](SluiceString part) { return clean_text(view(part), SLUICE_MESSAGE_SIZE); };
    steps_.push_back({clean(step), clean(outcome), clean(text), now - last_});
    last_ = now;
  }

  SluiceTextSink sink_;
  Clock::time_point last_ = Clock::now();
  std::vector<PingStep> steps_;
};

}  // namespace

Failure no_extension(const Plugin& plugin, const char* id) {
  Failure failure;
  failure.code = SLUICE_UNSUPPORTED;
  failure.where = std::string(to_string(plugin.kind)) + " " + plugin.name;
  failure.message = "the plugin has no " + std::string(id);
  return failure;
}

Result<void> check_parameters(const Plugin& plugin, const SluiceContext* context) {
  const auto check = extension<SluiceCheck>(plugin, SLUICE_EXT_CHECK);
  if (check.check == nullptr) return {};
  return call(plugin, "check", check.check, context);
}

bool creates_tables(const Plugin& plugin) {
  return extension<SluiceDdl>(plugin, SLUICE_EXT_DDL).create_table != nullptr;
}

Ping ping(const Plugin& plugin, const SluiceContext* context) {
  const auto table = extension<SluicePing>(plugin, SLUICE_EXT_PING);
  if (table.ping == nullptr) return {{}, no_extension(plugin, SLUICE_EXT_PING)};
  PingCollector steps;
  Ping answer{{}, call(plugin, "ping", table.ping, context, steps.sink())};
  answer.steps = steps.take();
  return answer;
}

}  // namespace sluice::plugin
