// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "job/option.hpp"
#include "plugin/declared.hpp"

namespace sluice::plugin {

// One reader, writer or processor of a loaded file: checked, names copied, function tables of the host's own size
// (what an older plugin does not have is NULL). Never changes and is never unloaded: pointers to it stay valid, and
// any thread may read it.
struct Plugin : Declared {
  std::filesystem::path file;  // absolute
  job::OptionTable options;

  // The one of its kind is filled in; what plugin.h does not call optional is there.
  SluiceReader reader{};
  SluiceWriter writer{};
  SluiceProcessor processor{};
  const void* (*get_extension)(const char* id) noexcept = nullptr;

  // For failures: "writer sqlite, commit".
  std::string where(std::string_view call) const;
};

}  // namespace sluice::plugin
