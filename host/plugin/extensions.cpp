// SPDX-License-Identifier: Apache-2.0
#include "plugin/extensions.hpp"

#include "plugin/call.hpp"
#include "plugin/statement.hpp"

namespace sluice::plugin {

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

Ping ping(const Plugin& plugin, const SluiceContext* context) {
  const auto table = extension<SluicePing>(plugin, SLUICE_EXT_PING);
  if (table.ping == nullptr) return {{}, no_extension(plugin, SLUICE_EXT_PING)};
  StatementCollector lines;
  Ping answer{{}, call(plugin, "ping", table.ping, context, lines.sink())};
  for (Statement& line : lines.take())
    answer.steps.push_back({std::move(line.what), std::move(line.subject), std::move(line.text)});
  return answer;
}

}  // namespace sluice::plugin
