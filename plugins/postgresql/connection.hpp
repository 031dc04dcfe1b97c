// SPDX-License-Identifier: Apache-2.0
// One connection: SOCI opens it and asks for metadata, libpq's own handle does the bulk work and executes the
// user's statements (SOCI would take their colons for parameters). One thread at a time, but for cancel().
#pragma once

#include <libpq-fe.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postgresql/result.hpp"
#include "postgresql/settings.hpp"
#include "sluice/error.hpp"
#include "sql/lanes.hpp"
#include "sql/soci_rows.hpp"

namespace sluice::postgresql {

using sql::Row;
using sql::Rows;

class Connection {
 public:
  // Connects, turns off every timeout that would hit a slow job, executes the user's session statements. Throws.
  explicit Connection(Settings settings);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const Settings& settings() const { return settings_; }
  PGconn* native() const { return native_; }
  // 150018
  int version() const { return PQserverVersion(native_); }
  bool is_encrypted() const { return PQsslInUse(native_) != 0; }
  // The database promises no encoding (SQL_ASCII): texts come as they are, and may not be UTF-8.
  bool takes_any_text() const { return takes_any_text_; }
  bool is_alive() const { return PQstatus(native_) == CONNECTION_OK; }
  // Asks the server, unlike is_alive().
  bool answers() { return try_execute("").status() == PGRES_EMPTY_QUERY; }
  bool is_in_transaction() const { return PQtransactionStatus(native_) != PQTRANS_IDLE; }

  // Metadata: `sql` selects texts; parameters are :p1, :p2 ...
  Rows rows(const std::string& sql, const std::vector<std::string>& parameters = {});
  // The first value of the first row; nothing when there is none.
  std::optional<std::string> value(const std::string& sql, const std::vector<std::string>& parameters = {});

  // Executes statements; the result is the last one's. `doing` opens the message of an error.
  Result execute(const std::string& sql, std::string_view doing);
  // The same without a throw: the caller looks at the result. One that is empty means that the connection is lost.
  Result try_execute(const std::string& sql) { return Result(PQexec(native_, sql.c_str())); }

  // Turns a failed result into the error to throw; one without SQLSTATE means that the connection is lost.
  Error failure(std::string_view doing, const Result& result) const;
  Error lost(std::string_view doing) const;

  // [any-thread] A blocked call fails soon. The connection is useless afterwards; when it is closed the server is told
  // to stop working for it.
  void cancel() noexcept;
  bool is_cancelled() const { return cancelled_; }

 private:
  struct Session;
  void set_up();
  std::string forms() const;

  Settings settings_;
  std::unique_ptr<Session> session_;
  PGconn* native_ = nullptr;
  std::string ending_;  // SQL that ends it, from another connection
  bool takes_any_text_ = false;
  std::atomic<bool> cancelled_{false};
};

using Lane = sql::Lane<Connection>;
using Lanes = sql::Lanes<Connection>;

}  // namespace sluice::postgresql
