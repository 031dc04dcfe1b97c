// SPDX-License-Identifier: Apache-2.0
// Where the columns of a job are in the records of one file. Values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "read_settings.hpp"

namespace sluice::file {

struct Layout {
  std::vector<Column> columns;        // each with an index or a constant (jsonl: with a source)
  std::optional<std::size_t> fields;  // how many a record has to have
  std::size_t least_fields = 0;       // where that is not known: how many it needs

  // Whether a line without a character is a record: of one field, which may be empty.
  bool has_empty_records() const;
};

// What the job's columns are, looked up in the first file that holds anything where that is needed. Throws
// SLUICE_INVALID.
std::vector<Column> find_columns(const ReadSettings& settings, const std::vector<std::string>& files);

// Reports, each at its place in the script, the columns that the first file that holds anything does not have.
void check_columns(const Context& context, const ReadSettings& settings, const std::vector<std::string>& files);

// `columns` in the records of one file, whose header is read when the job says that there is one. Throws
// SLUICE_INVALID when a name is not in it, or when it is not the header of the other files.
Layout find_layout(const ReadSettings& settings, const std::vector<Column>& columns, const std::string& path);

}  // namespace sluice::file
