// SPDX-License-Identifier: Apache-2.0
// The reader's parameters, read and checked without touching a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "column.hpp"
#include "text_format.hpp"

namespace sluice::file {

struct ReadSettings {
  std::vector<std::string> patterns;
  TextFormat format;
  Grammar grammar;
  bool skip_header = false;
  std::optional<std::vector<Column>> columns;  // nothing: all
  std::string mark_file;                       // empty: do not wait
  std::int64_t mark_retries = 0;
  std::int64_t mark_interval = 0;  // milliseconds

  // Whether a large file can be cut into ranges that are read on their own.
  bool can_be_cut() const;
};

// Every mistake is reported through context.error.
ReadSettings read_settings(const Context& context);

}  // namespace sluice::file
