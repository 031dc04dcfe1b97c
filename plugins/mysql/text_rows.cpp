// SPDX-License-Identifier: Apache-2.0
#include "mysql/text_rows.hpp"

namespace sluice::mysql {

namespace {

void append_rows(MYSQL_RES& result, Rows& out) {
  const unsigned columns = mysql_num_fields(&result);
  while (MYSQL_ROW row = mysql_fetch_row(&result)) {
    const unsigned long* lengths = mysql_fetch_lengths(&result);
    Row& one = out.emplace_back();
    for (unsigned i = 0; i < columns; ++i)
      one.push_back(row[i] == nullptr ? std::nullopt : std::optional(std::string(row[i], lengths[i])));
  }
}

}  // namespace

Rows select_rows(Connection& connection, const std::string& sql, std::string_view doing) {
  MYSQL* const native = connection.native();
  Rows rows;
  int more = mysql_real_query(native, sql.data(), sql.size());
  while (more == 0) {
    if (const StoredResult result(mysql_store_result(native)); result) append_rows(*result, rows);
    if (mysql_errno(native) != 0) break;
    more = mysql_next_result(native);
  }
  if (more != -1 || mysql_errno(native) != 0) throw connection.failure(doing);
  return rows;
}

}  // namespace sluice::mysql
