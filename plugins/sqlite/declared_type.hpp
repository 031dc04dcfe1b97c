// SPDX-License-Identifier: Apache-2.0
// What a column's declared type means. SQLite itself knows five affinities; a value of any kind may stand in any
// column. Reading takes the declaration at its word and refuses the cells that break it.
#pragma once

#include <string>
#include <string_view>

#include "sluice/schema.hpp"

namespace sluice::sqlite {

enum class Kind {
  integer,    // INT, BIGINT ...: int64
  real,       // REAL, DOUBLE, FLOAT: float64
  text,       // TEXT, VARCHAR(n), CLOB: utf8
  binary,     // BLOB: binary
  boolean,    // BOOLEAN: 0 and 1
  decimal,    // DECIMAL(p,s), NUMERIC(p,s) with p up to 38: decimal(p,s)
  numeric,    // DECIMAL, NUMERIC, larger p: any number, utf8 with sluice.type "decimal"
  date,       // DATE: text YYYY-MM-DD
  time,       // TIME: text hh:mm:ss.ffffff
  timestamp,  // DATETIME, TIMESTAMP: text YYYY-MM-DD hh:mm:ss.ffffff, a wall-clock time
  instant,    // TIMESTAMPTZ, TIMESTAMP WITH TIME ZONE: the same with a zone
  loose,      // another word (JSON, UUID, STRING): utf8; SQLite turns what looks like a number into one
  any         // no declared type, ANY of a STRICT table: utf8; SQLite stores every value as it is
};

struct DeclaredType {
  Kind kind = Kind::any;
  int precision = 0;
  int scale = 0;
  std::string native = {};  // as declared

  // The type in which it is read.
  Type type() const;
  // What the Arrow type cannot say (SLUICE_META_TYPE); "" mostly.
  std::string logical() const;
  // SQLite stores a number where the text of one is written.
  bool has_numeric_affinity() const;
};

DeclaredType declared_type(std::string_view declaration, bool strict = false);

// The type in which a column of this declaration wants to be written, given what arrives: such that every value
// arrives exactly, or is refused.
Type wanted_type(const DeclaredType& declared, const Type& input);

// A declaration for a type that arrives: what CREATE TABLE says.
std::string declaration_for(const Type& input);

}  // namespace sluice::sqlite
