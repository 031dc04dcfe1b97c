// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace sluice::plugin {

// One line of what a plugin says that it would do: "read", the split's key, "SELECT ...".
struct Statement {
  std::string what;
  std::string subject;
  std::string text;

  friend bool operator==(const Statement&, const Statement&) = default;
};

}  // namespace sluice::plugin
