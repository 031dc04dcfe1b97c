// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "plugin/failure.hpp"
#include "plugin/plugin.hpp"

namespace sluice::plugin {

// Calls one function of a plugin's table, whose last argument is the error, and reads its answer. Whatever a plugin
// claims, only a commit has an outcome that can be unknown.
template <class Function, class... Arguments>
Result<void> call(const Plugin& plugin, std::string_view name, Function function, Arguments... arguments) {
  SluiceError error = blank_error();
  const SluiceStatus status = function(arguments..., &error);
  if (status == SLUICE_OK) return {};
  Failure failure = read_failure(plugin.where(name), status, error);
  if (name != "commit") failure.flags &= ~SLUICE_OUTCOME_UNKNOWN;
  return failure;
}

// The plugin's open, for all three kinds.
template <class Table>
Result<void*> open_instance(const Plugin& plugin, const Table& table, const SluiceContext* context) {
  void* instance = nullptr;
  if (auto opened = call(plugin, "open", table.open, context, &instance); !opened) return opened.error();
  if (instance == nullptr) return breach(plugin.where("open"), "success without an instance");
  return instance;
}

}  // namespace sluice::plugin
