// SPDX-License-Identifier: Apache-2.0
#include "postgresql/copy_in.hpp"

namespace sluice::postgresql {

CopyIn::CopyIn(Context task, Connection& connection, const std::string& sql)
    : connection_(connection), memory_(task, sql::free_buffer) {
  const Result result = connection_.try_execute(sql);
  if (result.status() != PGRES_COPY_IN) throw connection_.failure("write", result);
}

// The library copies what it gets, and keeps a buffer for the largest of it.
void CopyIn::send() {
  memory_.grow_to(buffer_.capacity());
  for (std::string_view rest(buffer_.data(), buffer_.size()); !rest.empty();) {
    const std::string_view piece = rest.substr(0, most_at_once);
    if (PQputCopyData(connection_.native(), piece.data(), static_cast<int>(piece.size())) != 1)
      throw connection_.lost("write");
    rest.remove_prefix(piece.size());
  }
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
