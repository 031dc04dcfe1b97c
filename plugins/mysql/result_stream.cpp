// SPDX-License-Identifier: Apache-2.0
#include "mysql/result_stream.hpp"

namespace sluice::mysql {

ResultStream::ResultStream(Connection& connection, std::string_view select, std::string doing)
    : connection_(connection), doing_(std::move(doing)) {
  MYSQL* const native = connection_.native();
  if (mysql_real_query(native, select.data(), select.size()) != 0) throw connection_.failure(doing_);
  result_ = mysql_use_result(native);
  if (result_ == nullptr) throw connection_.failure(doing_);
  columns_ = mysql_num_fields(result_);
}

// Freeing the result reads what is left of it.
ResultStream::~ResultStream() {
  const bool is_cut_off = !is_at_end_ && connection_.is_alive();
  if (is_cut_off) connection_.stop_statement();
  mysql_free_result(result_);
  // One that had ended already leaves its end to the next statement.
  if (is_cut_off && connection_.is_alive()) connection_.try_execute("DO 0");
}

MYSQL_ROW ResultStream::next() {
  const MYSQL_ROW row = mysql_fetch_row(result_);
  if (row != nullptr) [[likely]] {
    lengths_ = mysql_fetch_lengths(result_);
    return row;
  }
  is_at_end_ = true;
  if (mysql_errno(connection_.native()) != 0) throw connection_.failure(doing_);
  return nullptr;
}

}  // namespace sluice::mysql
