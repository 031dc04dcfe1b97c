// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstdint>
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

// What a plugin says about itself. All of it is checked text.
struct Declared {
  Kind kind = Kind::reader;
  std::string name;
  std::vector<std::string> aliases;
  std::string version;
  std::string description;

  // Name or alias; case counts.
  bool answers_to(std::string_view step_type) const;

  friend bool operator==(const Declared&, const Declared&) = default;
};

}  // namespace sluice::plugin
