// SPDX-License-Identifier: Apache-2.0
// A connection beside the one that failed or hangs; libpq's alone, and never waited for longer than it is said.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>

#include "postgresql/settings.hpp"

namespace sluice::postgresql {

struct FinishConnection {
  void operator()(PGconn* raw) const { PQfinish(raw); }
};
using Handle = std::unique_ptr<PGconn, FinishConnection>;

// Its messages hold their SQLSTATE. Whether it came about, PQstatus() says.
Handle connect_beside(const Settings& settings, std::chrono::milliseconds patience);

// Has the server execute `sql`, if it can be reached soon.
void tell_server(const Settings& settings, const std::string& sql) noexcept;

}  // namespace sluice::postgresql
