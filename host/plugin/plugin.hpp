// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::plugin {

enum class Kind : std::int32_t {
  reader = SLUICE_KIND_READER,
  writer = SLUICE_KIND_WRITER,
  processor = SLUICE_KIND_PROCESSOR
};

std::string_view to_string(Kind);

// One reader, writer or processor of a loaded file: checked, names copied, function tables of the host's own size
// (what an older plugin does not have is NULL). Never changes and is never unloaded: pointers to it stay valid, and
// any thread may read it.
struct Plugin {
  std::filesystem::path file;  // absolute
  Kind kind = Kind::reader;
  std::string name;
  std::vector<std::string> aliases;
  std::string version;
  std::string description;
  const SluiceOption* const* options = nullptr;  // the plugin's own table; NULL-terminated, never NULL

  // The one of its kind is filled in.
  SluiceReader reader{};
  SluiceWriter writer{};
  SluiceProcessor processor{};
  const void* (*get_extension)(const char* id) noexcept = nullptr;

  // Name or alias; case counts.
  bool answers_to(std::string_view step_type) const;
  // For failures: "writer sqlite, commit".
  std::string where(std::string_view call) const;

  // The plugin's extension of that id, in the plugin's own size; NULL when it has none.
  const void* extension(const char* id) const { return get_extension ? get_extension(id) : nullptr; }
};

}  // namespace sluice::plugin
