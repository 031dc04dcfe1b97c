// SPDX-License-Identifier: Apache-2.0
#include "postgresql/copy_in.hpp"

namespace sluice::postgresql {

CopyIn::CopyIn(Connection& connection, const std::string& sql) : connection_(connection) {
  const Result result = connection_.try_execute(sql);
  if (result.status() != PGRES_COPY_IN) throw connection_.failure("write", result);
}

void CopyIn::send() {
  if (PQputCopyData(connection_.native(), buffer_.data(), static_cast<int>(buffer_.size())) != 1)
    throw connection_.lost("write");
  buffer_.clear();
}

Result CopyIn::finish() {
  if (buffer_.size() > 0) send();
  if (PQputCopyEnd(connection_.native(), nullptr) != 1) throw connection_.lost("write");
  Result verdict;
  while (Result result{PQgetResult(connection_.native())}) {
    if (!verdict || verdict.is_good()) verdict = std::move(result);
  }
  return verdict;
}

}  // namespace sluice::postgresql
