// SPDX-License-Identifier: Apache-2.0
#include "sql/readback.hpp"

#include <utility>

namespace sluice::sql {

Readback readback(const Context& context, const Dialect& dialect, std::string reader, const TableName& table,
                  const Schema& written) {
  Readback answer{.reader = std::move(reader)};
  answer.parameters.emplace_back("table", table.quoted(dialect));
  for (size_t i = 0; i < written.size(); ++i)
    answer.parameters.emplace_back(Context::element("column", i), quote_name(dialect, written[i].name));
  const auto session = context.strings("session");
  for (size_t i = 0; i < session.size(); ++i)
    answer.parameters.emplace_back(Context::element("session", i), session[i]);
  return answer;
}

}  // namespace sluice::sql
