// SPDX-License-Identifier: Apache-2.0
// The statements that fill the target.
#pragma once

#include <functional>
#include <string>

#include "mysql/target.hpp"

namespace sluice::mysql {

// "INSERT INTO `t` (`a`, `b`) " or "REPLACE INTO ...". `ignores`: key conflicts become warnings, and all other errors,
// too (INSERT IGNORE); REPLACE has no such form.
std::string insert_head(const Target& target, bool ignores);
// What follows the rows: " ON DUPLICATE KEY UPDATE ...", or "".
std::string on_duplicate(const Target& target);
// The same for a single row, in which some columns are NULL: those that skip it keep what is there.
std::string on_duplicate(const Target& target, const std::function<bool(size_t)>& is_null);

// LOAD DATA LOCAL into the target.
std::string load_sql(const Target& target);
// The same as a prepared statement with a parameter a column.
std::string array_sql(const Target& target);

// The staging table of a connection: a number, then every column in the form that it arrives in.
inline constexpr const char* stage_records = "sluice_rows";
std::string create_stage(const Target& target);
std::string load_stage_sql();
// "INSERT INTO `t` (...) SELECT s.c1, ... FROM sluice_rows s " and what follows the condition.
std::string insert_from_stage(const Target& target, const std::string& condition);

}  // namespace sluice::mysql
