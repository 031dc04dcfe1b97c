// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <string>
#include <string_view>

#include "cli/trouble.hpp"

namespace sluice::cli {

// Writes a file so that nobody ever sees half of it: beside its place, then renamed over it. What is no regular file
// (a pipe, a device) is written to directly. The error says which file and why.
boost::system::result<void, Trouble> write_whole(const std::filesystem::path& file, std::string_view text);

// What can be known before: the directory is there and may be written to, the file is no directory.
boost::system::result<void, Trouble> can_write(const std::filesystem::path& file);

}  // namespace sluice::cli
