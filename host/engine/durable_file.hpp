// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

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
// What processes that died left of that.
void remove_half_written(const std::filesystem::path& directory);

plugin::Result<std::string> read_file(const std::filesystem::path& file);

// A part of a file.
struct FileRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

// Every whole line, with its end; a line at a time is in memory.
plugin::Result<void> read_lines(const std::filesystem::path& file,
                                const std::function<void(FileRange, std::string_view line)>& take);

// Gone, or never there.
plugin::Result<void> remove_durably(const std::filesystem::path& file);

// A directory gets another place of the same file system.
plugin::Result<void> move_durably(const std::filesystem::path& directory, const std::filesystem::path& to);

// Cuts these out of the file, in their order. What is at the end is cut off, else the file is written again.
plugin::Result<void> cut_durably(const std::filesystem::path& file, const std::vector<FileRange>& ranges);

}  // namespace sluice::engine
