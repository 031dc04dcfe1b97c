// SPDX-License-Identifier: Apache-2.0
// LOAD DATA LOCAL from memory: the server asks for a file, and gets records.
#pragma once

#include <string>

#include "mysql/connection.hpp"
#include "mysql/records.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::mysql {

// Where a line goes on.
struct LinePlace {
  size_t column = 0, byte = 0;
};

// Appends one line, but of a long text only a piece at a time; `number` goes before the columns where it is not
// negative. False: the line goes on at `place`.
bool append_line(const Records& records, int64_t n, int64_t number, LinePlace& place, Buffer& out);

// Executes `sql`, the last statement of which is the LOAD DATA, and feeds it the records. Numbered: each has its number
// in `records` first. False: the connection's complaint() says why; else its warnings may.
bool load_data(Connection& connection, const std::string& sql, const Records& records, Range range, bool numbered);

// A server may ask for any file at any time: until load_data is at work, it gets none.
void refuse_files(Connection& connection);

}  // namespace sluice::mysql
