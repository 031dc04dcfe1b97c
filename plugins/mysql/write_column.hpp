// SPDX-License-Identifier: Apache-2.0
// How the values of a column travel to the server, and what must be looked at before they do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mysql/catalog.hpp"
#include "sluice/batch_view.hpp"
#include "sluice/schema.hpp"
#include "sql/fault.hpp"

namespace sluice::mysql {

// What a value looks like in a statement.
enum class Form {
  integer,   // also years and bits that come as numbers
  floating,  // a double that holds the value exactly
  decimal,
  date,
  time,  // of a day, or a duration: the store's TIME is both
  timestamp,
  bits,  // "0101": the number that they make
  text,
  bytes
};

struct WriteColumn {
  Form form = Form::text;
  Type type = {};             // of the batch's column
  std::string name = {};      // the server's
  std::string meta = {};      // sluice.type
  std::string native = {};    // "varchar(20)"
  int64_t length = -1;        // the most characters or bytes
  int digits = 6;             // after the seconds
  int64_t width = -1;         // BINARY(n), BIT(n): values have exactly so many bytes or bits
  bool drops_blanks = false;  // CHAR: blanks at the end are lost
  bool is_year = false;
  bool is_set = false;                    // several of `members`
  std::vector<std::string> members = {};  // of ENUM and SET
  std::string load = {};                  // LOAD DATA: "" or the expression over a variable: "CONVERT(% USING utf8mb4)"
  bool skips_null = false;                // nullMode skipNull: NULL leaves the column alone
  bool counts_up = false;                 // AUTO_INCREMENT
  std::string default_value = "NULL";     // SQL: what NULL becomes where skips_null is set
  std::string refusal = {};               // why the column cannot be written

  bool is_text() const { return form == Form::text || form == Form::bytes; }
  // What its stage keeps: every value as it came.
  const char* stage_type() const;
};

// How a column of that type is written when `input` arrives.
WriteColumn column_to_write(const ServerType& server, const Field& input);

// Would the server change the value without a word? Never called for NULL.
using ValueCheck = sql::Fault (*)(const WriteColumn& column, const ColumnView& values, int64_t row);

// NULL when nothing need be looked at.
ValueCheck check_for(const WriteColumn& column);

}  // namespace sluice::mysql
