// SPDX-License-Identifier: Apache-2.0
// Owns what libpq answers. Not thread-safe.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string_view>

namespace sluice::postgresql {

class Result {
 public:
  Result() = default;
  explicit Result(PGresult* raw) : raw_(raw) {}

  PGresult* raw() const { return raw_.get(); }
  explicit operator bool() const { return raw_ != nullptr; }
  ExecStatusType status() const { return PQresultStatus(raw_.get()); }
  bool is_good() const { return status() == PGRES_COMMAND_OK || status() == PGRES_TUPLES_OK; }

  int rows() const { return PQntuples(raw_.get()); }
  bool is_null(int row, int column) const { return PQgetisnull(raw_.get(), row, column) != 0; }
  std::string_view text(int row, int column) const {
    return {PQgetvalue(raw_.get(), row, column), static_cast<size_t>(PQgetlength(raw_.get(), row, column))};
  }
  // "INSERT 0 5"
  std::string_view tag() const { return PQcmdStatus(raw_.get()); }
  // A field of the server's error: PG_DIAG_SQLSTATE ...; "" when there is none.
  std::string_view field(int code) const {
    const char* text = PQresultErrorField(raw_.get(), code);
    return text == nullptr ? std::string_view() : std::string_view(text);
  }
  std::string_view sqlstate() const { return field(PG_DIAG_SQLSTATE); }

 private:
  struct Clear {
    void operator()(PGresult* raw) const { PQclear(raw); }
  };
  std::unique_ptr<PGresult, Clear> raw_;
};

}  // namespace sluice::postgresql
