// SPDX-License-Identifier: Apache-2.0
// One connection through the driver manager. One thread at a time, but for cancel().
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

#include "odbc/diagnosis.hpp"
#include "odbc/product.hpp"
#include "odbc/settings.hpp"
#include "sluice/error.hpp"
#include "sql/lanes.hpp"

namespace sluice::odbc {

class Connection {
 public:
  // Connects and executes the user's session statements. Throws.
  explicit Connection(Settings settings);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  SQLHDBC native() const { return handle_; }
  const Settings& settings() const { return settings_; }
  const Product& product() const { return *product_; }
  // Texts cross as UTF-8 in bytes, through the functions that are not wide.
  bool is_narrow() const { return is_narrow_; }
  // The product's, with the driver's quote.
  const sql::Dialect& dialect() const { return dialect_; }
  std::string product_version() const { return text_info(SQL_DBMS_NAME) + " " + text_info(SQL_DBMS_VER); }
  std::string driver() const { return text_info(SQL_DRIVER_NAME) + " " + text_info(SQL_DRIVER_VER); }
  std::string text_info(SQLUSMALLINT what) const;
  SQLUINTEGER number_info(SQLUSMALLINT what) const;
  bool has_transactions() const;
  // Values of a fetched block can be read again, in pieces.
  bool rereads_blocks() const;

  // A statement of the user's or of ours; what it selects is thrown away.
  void execute(std::string_view sql, std::string_view doing);

  // From now on nothing is committed but by commit().
  void begin_transactions();
  void commit();
  void roll_back() noexcept;
  // Did the driver lose the server?
  bool is_lost() const;
  bool is_alive() const { return !is_cancelled() && !is_lost(); }

  // The error of the last call on a handle of this connection.
  Error failure(std::string_view doing, SQLSMALLINT kind, SQLHANDLE handle) const;
  Error failure(std::string_view doing, const Diagnosis& diagnosis) const;
  // A driver's words for others' eyes.
  std::string shown(const std::string& message) const { return settings_.without_secrets(message); }

  // [any-thread] A blocked call fails soon. The connection is useless afterwards.
  void cancel() noexcept;
  bool is_cancelled() const { return cancelled_; }

  // Marks the statement that cancel() has to reach while a call on it may block.
  class Busy {
   public:
    Busy(Connection& connection, SQLHSTMT statement);
    ~Busy();
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;

   private:
    Connection& connection_;
  };

 private:
  void connect();
  void learn();
  void close() noexcept;

  Settings settings_;
  SQLHENV environment_ = SQL_NULL_HENV;
  SQLHDBC handle_ = SQL_NULL_HDBC;
  bool is_connected_ = false;
  bool is_narrow_ = false;
  const Product* product_ = nullptr;
  sql::Dialect dialect_;
  std::atomic<bool> cancelled_{false};
  std::mutex busy_mutex_;
  SQLHSTMT busy_ = SQL_NULL_HSTMT;
};

using Lane = sql::Lane<Connection>;
using Lanes = sql::Lanes<Connection>;

}  // namespace sluice::odbc
