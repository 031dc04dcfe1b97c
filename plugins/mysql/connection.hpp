// SPDX-License-Identifier: Apache-2.0
// One connection: SOCI opens it and asks for metadata, the client library's own handle does the bulk work and executes
// the user's statements (SOCI would take their colons for parameters). One thread at a time, but for cancel().
#pragma once

#include <mysql.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mysql/failure.hpp"
#include "mysql/settings.hpp"
#include "sluice/error.hpp"
#include "sql/lanes.hpp"
#include "sql/soci_rows.hpp"

namespace sluice::mysql {

using sql::Row;
using sql::Rows;

struct FreeResult {
  void operator()(MYSQL_RES* raw) const { mysql_free_result(raw); }
};
using StoredResult = std::unique_ptr<MYSQL_RES, FreeResult>;

// The server's table of its connections, with their ID, USER and HOST.
const char* list_of_connections(MYSQL* server);

class Connection {
 public:
  // Connects, turns off every timeout that would hit a slow job, executes the user's session statements. Throws.
  explicit Connection(Settings settings);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const Settings& settings() const { return settings_; }
  MYSQL* native() const { return native_; }
  // 101119, 80036
  unsigned long version() const { return mysql_get_server_version(native_); }
  bool is_mariadb() const { return mariadb_connection(native_) != 0; }
  bool is_encrypted() const { return mysql_get_ssl_cipher(native_) != nullptr; }
  // Has the server a list of its connections that this user can see?
  bool is_listed() const { return !client_.empty(); }
  // False once an error said that the connection is gone, and after cancel().
  bool is_alive() const { return !is_lost_ && !cancelled_; }
  // Asks the server, unlike is_alive().
  bool answers() { return is_alive() && mysql_ping(native_) == 0; }

  // Metadata: `sql` selects texts; parameters are :p1, :p2 ...
  Rows rows(const std::string& sql, const std::vector<std::string>& parameters = {});
  // The first value of the first row; nothing when there is none.
  std::optional<std::string> value(const std::string& sql, const std::vector<std::string>& parameters = {});

  // Executes statements, as many as there are in `sql`, and drops what they select. `doing` opens the message of an
  // error.
  void execute(std::string_view sql, std::string_view doing);
  // The same without a throw; false: complaint() says why.
  bool try_execute(std::string_view sql);
  // Of the last call that failed.
  Complaint complaint() const;

  // The error to throw after a native call failed. Notices when the connection is lost.
  Error failure(std::string_view doing) { return failure(doing, complaint()); }
  Error failure(std::string_view doing, const Complaint& complaint);  // a statement's own

  // Ends the statement that runs, from a second connection; its transaction stays. Without a second connection this
  // one is given up.
  void stop_statement() noexcept;

  // [any-thread] A blocked call fails soon. The connection is useless afterwards; when it is closed the server is told
  // to stop working for it.
  void cancel() noexcept;
  bool is_cancelled() const { return cancelled_; }

 private:
  struct Session;
  void refuse_plain_text();
  void set_up();
  void keep_forms();
  void find_client();
  void note_loss(unsigned number);
  bool tell_server(std::string_view verb) const noexcept;

  Settings settings_;
  std::unique_ptr<Session> session_;
  MYSQL* native_ = nullptr;
  std::string thread_, client_;  // the server's number for the connection, and where it sees its client
  bool is_lost_ = false;
  std::atomic<bool> cancelled_{false};
};

using Lane = sql::Lane<Connection>;
using Lanes = sql::Lanes<Connection>;

}  // namespace sluice::mysql
