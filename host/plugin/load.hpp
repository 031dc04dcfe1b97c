// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <span>

#include "plugin/inspect.hpp"
#include "plugin/plugin.hpp"

namespace sluice::plugin {

// The plugins of one loaded file. They live until the process ends.
using Plugins = std::span<const Plugin>;

// Inspects a file, loads it into this process and checks everything that it says about itself. Whatever its static
// initialisers do happens here: a file that nobody knows goes through probe() first. Never unloads. Loading one path
// twice answers with the same plugins. Any thread.
boost::system::result<Plugins, Refusal> load(const std::filesystem::path&);

}  // namespace sluice::plugin
