// SPDX-License-Identifier: Apache-2.0
#include "plugin/plugin.hpp"

#include <algorithm>

namespace sluice::plugin {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::reader:
      return "reader";
    case Kind::writer:
      return "writer";
    case Kind::processor:
      return "processor";
  }
  return "plugin";
}

bool Declared::answers_to(std::string_view step_type) const {
  return name == step_type || std::ranges::find(aliases, step_type) != aliases.end();
}

std::string Plugin::where(std::string_view call) const {
  return std::string(to_string(kind)) + " " + name + ", " + std::string(call);
}

}  // namespace sluice::plugin
