// SPDX-License-Identifier: Apache-2.0
// Opens connections with options that SOCI's connection string has no words for: verified encryption, the protocol,
// the size of packets. SOCI asks the client library for the host "sluice://"; the library hands that to the connection
// handler here, which connects with the settings of the calling thread.
#pragma once

#include <mysql.h>

#include "mysql/failure.hpp"
#include "mysql/settings.hpp"

namespace sluice::mysql {

// While it lives, a connection that this thread opens to `connection_string` uses the settings.
class Login {
 public:
  explicit Login(const Settings& settings);
  ~Login();
  Login(const Login&) = delete;
  Login& operator=(const Login&) = delete;

  static constexpr const char* connection_string = "host='sluice://'";
  // Why the connection failed; number 0 when it did not.
  const Complaint& complaint() const { return complaint_; }

 private:
  static MYSQL* connect(MYSQL* raw, const char* host, const char* user, const char* password, const char* database,
                        unsigned port, const char* socket, unsigned long flags);
  static void register_handler();

  const Settings& settings_;
  Complaint complaint_;
};

// Sets the options and connects; NULL when that fails, and `raw` says why. Without SOCI: for a second look.
MYSQL* connect_to(MYSQL* raw, const Settings& settings);

}  // namespace sluice::mysql
