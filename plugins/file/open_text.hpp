// SPDX-License-Identifier: Apache-2.0
// Opens a file as a text of records. Any thread; the cutters belong to one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "read_settings.hpp"

namespace sluice::file {

// A piece of a file that is read on its own, and the state in which the file has to be for that.
struct Range {
  std::string path;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  // of the file's size when there is but one range
  std::uint64_t line = 1;
  std::uint64_t size = 0;     // of the file
  std::int64_t modified = 0;  // nanoseconds since 1970

  // As opaque bytes for the host, and back. `parse` throws SLUICE_INTERNAL.
  std::string serialize() const;
  static Range parse(const std::string& bytes);
};

// The whole file as it is now.
Range whole_file(const std::string& path);

// The text from the range's begin on, unpacked and in UTF-8, without a byte order mark. A file that is something
// else than the settings say (packed, UTF-16) is SLUICE_INVALID. `task`: whose memory it is; nothing for a short look.
Window open_window(const ReadSettings& settings, const Range& range, std::optional<Context> task = {});

// The records of the range; a header is one of them.
std::unique_ptr<Cutter> open_cutter(const ReadSettings& settings, const Range& range, std::optional<Context> task = {});

// The value of a field as a text: without quotes, doubled quotes and backslashes undone. May use `scratch`.
std::string_view unquoted(const Grammar& grammar, std::string_view field, std::string& scratch);

// The fields of the first record of a file; empty when it has none. A header has to be sound; without one it is the
// first sound record that counts.
std::vector<std::string> first_record(const ReadSettings& settings, const std::string& path);

}  // namespace sluice::file
