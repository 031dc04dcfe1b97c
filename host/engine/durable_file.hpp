// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "plugin/failure.hpp"

namespace sluice::engine {

// Files of the run state: mode 0600, durable when a call has answered. Failures name the file and what the system
// says.

plugin::Result<void> append_durably(const std::filesystem::path& file, std::string_view bytes);

// The content of another file, and `bytes` behind it: all of it or nothing.
plugin::Result<void> append_durably(const std::filesystem::path& file, const std::filesystem::path& content,
                                    std::string_view bytes);

// The file appears whole or not at all.
plugin::Result<void> replace_durably(const std::filesystem::path& file, std::string_view bytes);

plugin::Result<std::string> read_file(const std::filesystem::path& file);

// Gone, or never there.
plugin::Result<void> remove_durably(const std::filesystem::path& file);

// A directory gets another place of the same file system.
plugin::Result<void> move_durably(const std::filesystem::path& directory, const std::filesystem::path& to);

// Cuts `size` bytes at `offset` out of the file.
plugin::Result<void> cut_durably(const std::filesystem::path& file, std::uint64_t offset, std::uint64_t size);

}  // namespace sluice::engine
