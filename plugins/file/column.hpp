// SPDX-License-Identifier: Apache-2.0
// The columns that a reader is asked for: where each value comes from, and what it is. Values; copy freely.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "date_time.hpp"
#include "sluice/context.hpp"
#include "sluice/schema.hpp"

namespace sluice::file {

enum class Kind {
  text,
  integer,
  unsigned_integer,
  number,
  boolean,
  decimal,
  any_decimal,
  date,
  timestamp,
  instant,
  time,
  bytes
};

struct Column {
  std::string name;  // in the schema
  Kind kind = Kind::text;
  Type type = sluice::type(TypeId::utf8);
  std::string native = "string";              // the type as it was asked for
  std::shared_ptr<const DatePattern> format;  // NULL: ISO
  // One of the three:
  std::optional<std::size_t> index;     // position in the record
  std::optional<std::string> constant;  // the same in every record
  std::string source;                   // a name in the header, a path in a JSON object
};

// The parameter `column`: nothing when it is ["*"]. Every mistake is reported through context.error; what is
// answered then is not to be used.
std::optional<std::vector<Column>> read_columns(const Context& context);

// As many text columns as there are names; empty and repeated names are replaced.
std::vector<Column> text_columns(const std::vector<std::string>& names);

Schema schema_of(const std::vector<Column>& columns);

}  // namespace sluice::file
