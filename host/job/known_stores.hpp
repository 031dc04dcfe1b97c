// SPDX-License-Identifier: Apache-2.0
//
// Stores that scripts name and that have no plugin here. This is no knowledge about stores, only a signpost: the names,
// and the nearest way there is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::job {

struct KnownStore {
  std::string title;   // "MaxCompute (ODPS)"
  std::string advice;  // "use ...", or empty when there is no way
};

// By stepType, case aside; nothing for a name that nobody published.
std::optional<KnownStore> known_store(std::string_view step_type);

}  // namespace sluice::job
