// SPDX-License-Identifier: Apache-2.0
// The writer's parameters, read and checked without touching a file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "date_time.hpp"
#include "text_format.hpp"

namespace sluice::file {

enum class WriteMode { truncate, append, non_conflict };

struct WriteSettings {
  std::string directory;
  std::string name;    // of the file, or what the names begin with
  std::string suffix;  // what they end with
  TextFormat format;
  WriteMode mode = WriteMode::truncate;
  bool single = false;
  bool write_header = false;
  std::vector<std::string> header;                  // empty: the columns' names
  std::optional<std::vector<std::string>> columns;  // nothing: the names that arrive
  std::shared_ptr<const DatePattern> date_pattern;  // NULL: ISO
  std::uint64_t max_file_size = 0;                  // bytes, 0: any
  bool generate_empty = true;
  std::string mark_file;  // empty: none

  // The one file's path.
  std::string single_path() const { return directory + "/" + name + suffix; }
  // Whether `name` is a file that an earlier job may have written under these settings.
  bool is_ours(const std::string& file_name) const;
};

// Every mistake is reported through context.error.
WriteSettings write_settings(const Context& context);

}  // namespace sluice::file
