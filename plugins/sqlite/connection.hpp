// SPDX-License-Identifier: Apache-2.0
// A connection to a database file: opened through SOCI, used through SQLite's own interface where speed matters.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/context.hpp"
#include "sqlite/session.hpp"
#include "sqlite/statement.hpp"

namespace sluice::sqlite {

// How to open: the same for every connection of a step.
struct Opening {
  Context context;  // of the instance: it lives as long as the connections
  std::string path;
  std::chrono::milliseconds busy_timeout{10000};
  std::vector<std::string> session = {};  // the user's statements
};

// From the parameters path, busyTimeout and session.
Opening opening_of(const Context& context);

// Throws when there is nothing to open: the file or its directory is missing or out of reach, or it is a directory. The
// mistake is also reported as the parameter's, which `place` names.
void check_file(const Opening& opening, std::string_view place);

// One thread at a time, but for interrupt().
class Connection {
 public:
  // Throws when the file is missing, no database, a directory, or cannot be opened.
  explicit Connection(Opening opening);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sqlite3* native() const { return db_; }
  Session& session() { return *session_; }
  const std::string& path() const { return opening_.path; }

  Statement prepare(std::string_view sql, std::string doing) const { return {db_, sql, std::move(doing), path()}; }
  // A script of the user's or of ours: any number of statements.
  void run(const std::string& script, std::string_view doing);
  int64_t number(std::string_view query, std::string doing) const;
  std::string text(std::string_view query, std::string doing) const;
  bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
  // Ends a transaction, whatever state it is in.
  void roll_back() noexcept;
  // From now on every attempt to write is refused.
  void forbid_writing() { run("PRAGMA query_only = ON", "open database"); }

  // [any-thread] Makes a blocked call return soon.
  void interrupt() noexcept { sqlite3_interrupt(db_); }

 private:
  static int on_busy(void* self, int calls) noexcept;

  Opening opening_;
  std::unique_ptr<Session> session_;
  sqlite3* db_;
  std::chrono::steady_clock::time_point busy_since_;
};

}  // namespace sluice::sqlite
