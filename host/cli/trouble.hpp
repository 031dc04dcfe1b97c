// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::cli {

// Why the program cannot go on, outside of the job: what, where, why and the way out.
struct Trouble {
  Trouble() = default;
  explicit Trouble(std::string_view what) : text(what) {}
  std::string text;
};

}  // namespace sluice::cli
