// SPDX-License-Identifier: Apache-2.0
// One table or query of a reader, and the schema that all of them share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sluice/schema.hpp"
#include "sql/column_list.hpp"
#include "sql/problem.hpp"
#include "sql/quote.hpp"
#include "sql/table_shape.hpp"

namespace sluice::sql {

struct ReadPart {
  size_t source = 0;                 // the server, as in server_prefixes()
  std::string label;                 // for people: "shop.orders", "query 2"
  std::vector<std::string> columns;  // SQL of each, casts included
  std::string from;                  // quoted table, or (query) AS q
  std::string where;                 // the user's, in parentheses; may be ""
  std::string key;                   // the column whose ranges make splits; "" when there is none

  // The SELECT of one split; `condition` may be "".
  std::string statement(const std::string& condition) const;
};

// A query of the user without blanks and semicolons at its end.
std::string query_text(std::string_view query);

// "query", or "query 2" of several; and where it stands: "querySql[1]".
std::string query_label(size_t index, size_t count);
std::string query_path(size_t index, size_t count);

// The field of a column of the job, its type left open. `is_all`: the job says ["*"].
Field field_of(const ColumnEntry& entry, const TableShape& shape, bool is_all);

// Its type: in Arrow's words, in the store's, what Arrow cannot say (or ""), the most characters or bytes (-1: any).
void set_type(Field& field, const Type& type, const std::string& native, const std::string& meta, int64_t length);

// How values travel: the numbers of the store's codecs.
template <class ColumnCodec>
std::vector<int> wires_of(const std::vector<ColumnCodec>& codecs) {
  std::vector<int> wires;
  for (const auto& codec : codecs) wires.push_back(static_cast<int>(codec.codec));
  return wires;
}

// Holds a further part's columns against those of the first: same number, same types. `wires` say how values travel.
// Widens `schema` where only one of them has NULLs; problems are for `path`.
bool has_same_shape(Schema& schema, const std::vector<int>& wires, const std::string& first_label,
                    const std::vector<Field>& fields, const std::vector<int>& other_wires, const std::string& label,
                    const std::string& path, Problems& problems);

}  // namespace sluice::sql
