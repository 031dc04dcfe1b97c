// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <boost/system/result.hpp>
#include <filesystem>
#include <vector>

#include "plugin/inspect.hpp"
#include "plugin/plugin.hpp"

namespace sluice::plugin {

// Checks what an entry function answered - versions, names, functions, options - and copies it into the host's sizes.
// All that is wrong is in one reason.
boost::system::result<std::vector<Plugin>, Refusal> read_file_table(const SluicePluginFile*,
                                                                    const std::filesystem::path&);

}  // namespace sluice::plugin
