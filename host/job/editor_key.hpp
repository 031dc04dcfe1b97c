// SPDX-License-Identifier: Apache-2.0
//
// Keys that visual editors are known to add anywhere; nobody looks at them. So are those that begin with "x-".
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace sluice::job {

inline constexpr std::array<std::string_view, 9> editor_keys{"envType",         "indexes",
                                                             "tableComment",    "guid",
                                                             "partitionKey",    "isSupportThreeModel",
                                                             "tunnelQuota",     "fieldDelimiterOrigin",
                                                             "useSpecialSecret"};

inline bool is_editor_key(std::string_view key) {
  return key.starts_with("x-") || std::find(editor_keys.begin(), editor_keys.end(), key) != editor_keys.end();
}

}  // namespace sluice::job
