// SPDX-License-Identifier: Apache-2.0
#include "cli/installed.hpp"

namespace sluice::cli {

std::vector<const plugin::Plugin*> installed(plugin::Catalogue& catalogue, Console& console) {
  std::vector<const plugin::Plugin*> plugins;
  const auto warn = [&](const std::string& text) {
    console.tell(paint(console.error(), Style::warning, "warning: ") + text);
  };
  const plugin::Listing listing = catalogue.listing();
  for (const auto& refused : listing.refused) warn("left out: " + refused.file.string() + ": " + refused.reason);
  for (const plugin::Entry& entry : listing.entries) {
    if (!entry.shadowed_by.empty()) continue;
    const auto found = catalogue.find(entry.plugin.kind, entry.plugin.name);
    if (found)
      plugins.push_back(*found);
    else
      warn("left out: " + found.error().message);
  }
  return plugins;
}

}  // namespace sluice::cli
