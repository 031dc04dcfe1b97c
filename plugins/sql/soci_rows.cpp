// SPDX-License-Identifier: Apache-2.0
#include "sql/soci_rows.hpp"

#include <soci/soci.h>

#include <deque>

namespace sluice::sql {

Rows fetch_rows(soci::session& session, const std::string& sql, const std::vector<std::string>& parameters) {
  soci::row row;
  soci::statement statement(session);
  std::deque<std::string> names;
  statement.exchange(soci::into(row));
  for (size_t i = 0; i < parameters.size(); ++i)
    statement.exchange(soci::use(parameters[i], names.emplace_back("p" + std::to_string(i + 1))));
  statement.alloc();
  statement.prepare(sql);
  statement.define_and_bind();
  Rows all;
  for (bool more = statement.execute(true); more; more = statement.fetch()) {
    Row& one = all.emplace_back();
    for (size_t i = 0; i < row.size(); ++i)
      one.push_back(row.get_indicator(i) == soci::i_null ? std::nullopt : std::optional(row.get<std::string>(i)));
  }
  return all;
}

}  // namespace sluice::sql
