// SPDX-License-Identifier: Apache-2.0
#include "plugin/statement.hpp"

#include "plugin/sized.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {
namespace {

constexpr std::size_t max_statement = 1 << 20;

std::string clean(const SluiceString& text) { return clean_text(view(text), max_statement); }

}  // namespace

StatementCollector::StatementCollector() : sink_(sized<SluiceTextSink>()) {
  sink_.host = this;
  sink_.emit = [](const SluiceTextSink* sink, SluiceString what, SluiceString subject, SluiceString text) noexcept {
    static_cast<StatementCollector*>(sink->host)->statements_.push_back({clean(what), clean(subject), clean(text)});
  };
}

}  // namespace sluice::plugin
