// SPDX-License-Identifier: Apache-2.0
//
// Paths into a job script: `setting.speed.concurrent`, `steps[0].parameter.column[3]`, and for keys that are no
// plain words `pgType["my column"]`. The empty path is the whole script.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sluice::job {

using PathSegment = std::variant<std::string, std::size_t>;

std::string join_path(std::string_view parent, std::string_view key);
std::string join_path(std::string_view parent, std::size_t index);

// The error is a text for people. `[word]` without quotes is a key too: `steps[Reader].parameter`.
boost::system::result<std::vector<PathSegment>, std::string> split_path(std::string_view path);

}  // namespace sluice::job
