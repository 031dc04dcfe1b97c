// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <chrono>
#include <string>
#include <vector>

#include "plugin/failure.hpp"
#include "plugin/plugin.hpp"
#include "plugin/sized.hpp"

namespace sluice::plugin {

// A plugin's extension in the host's size; all zero when the plugin does not have it.
template <class Extension>
Extension extension(const Plugin& plugin, const char* id) {
  if (plugin.get_extension == nullptr) return {};
  return sized_copy(static_cast<const Extension*>(plugin.get_extension(id)));
}

// SLUICE_UNSUPPORTED: "the plugin has no sluice.ping/1".
Failure no_extension(const Plugin&, const char* id);

// sluice.check/1: the plugin's own rules over the parameters, offline. Problems go to the context's services.
// Nothing to do for a plugin without it.
Result<void> check_parameters(const Plugin&, const SluiceContext*);

// Has it sluice.ddl/1?
bool creates_tables(const Plugin&);

// sluice.ping/1: a connection test in named steps. SLUICE_UNSUPPORTED for a plugin without it.
struct PingStep {
  std::string step;
  std::string outcome;  // "ok", "failed", "skipped"
  std::string detail;
  std::chrono::nanoseconds elapsed{0};  // since the step before it
};
struct Ping {
  std::vector<PingStep> steps;
  Result<void> outcome;
};
Ping ping(const Plugin&, const SluiceContext*);

}  // namespace sluice::plugin
