// SPDX-License-Identifier: Apache-2.0
// A column's type in ODBC's words, and what it is in Arrow's. [any-thread]
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <cstdint>
#include <optional>
#include <string>

#include "odbc/product.hpp"
#include "sluice/schema.hpp"

namespace sluice::odbc {

struct ColumnType {
  SQLSMALLINT sql = SQL_UNKNOWN_TYPE;
  int64_t size = 0;   // characters, bytes or digits; 0 or less: unknown
  int64_t bytes = 0;  // that a text or binary needs; 0 or less: unknown
  int digits = 0;     // behind the point, of seconds too
  bool is_unsigned = false;
  bool is_automatic = false;  // identity, serial, AUTO_INCREMENT
  std::string name = {};      // in the store's words: "varchar"

  bool is_text() const;
  bool is_binary() const;
  bool is_moment() const;  // a date, a time, or both
  bool is_real() const;
  // For people: "decimal(10,2)".
  std::string native() const;
};

struct ArrowType {
  Type type;
  std::string meta = {};     // SLUICE_META_TYPE: "uuid", "decimal"; "" for none
  int64_t length = -1;       // the most characters or bytes; -1: no bound that is known
  int fraction_digits = -1;  // of seconds, as the store keeps them; -1: no matter
};

// What Arrow makes of it, the same for both sides. Whatever has no type of its own is a text.
ArrowType arrow_type(const ColumnType& type, const Product& product);

// An instant (timestamp with time zone) that the driver hands over as a time of the session's zone.
bool is_instant(const ColumnType& type);

}  // namespace sluice::odbc
