// SPDX-License-Identifier: Apache-2.0
// LOAD DATA LOCAL from memory: the server asks for a file, and gets records.
#pragma once

#include <string>

#include "mysql/connection.hpp"
#include "mysql/records.hpp"

namespace sluice::mysql {

// Executes `sql`, the last statement of which is the LOAD DATA, and feeds it the records. Numbered: each has its number
// in `records` first. False: the connection's complaint() says why; else its warnings may.
bool load_data(Connection& connection, const std::string& sql, const Records& records, Range range, bool numbered);

// A server may ask for any file at any time: until load_data is at work, it gets none.
void refuse_files(Connection& connection);

}  // namespace sluice::mysql
