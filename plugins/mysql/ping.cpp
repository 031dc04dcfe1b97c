// SPDX-License-Identifier: Apache-2.0
#include "mysql/ping.hpp"

#include <netdb.h>

#include <chrono>
#include <memory>

#include "mysql/connection.hpp"

namespace sluice::mysql {

namespace {

using std::chrono::steady_clock;

// The addresses of the host, "" when there are none.
std::string addresses_of(const Settings& settings) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(settings.host.c_str(), settings.port.c_str(), &hints, &found) != 0) return "";
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  std::string all;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    char text[NI_MAXHOST] = {};
    if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
      all += (all.empty() ? "" : ", ") + std::string(text);
  }
  return all;
}

void resolve(const Settings& settings, const TextSink& sink) {
  if (!settings.socket.empty()) return;
  const std::string addresses = addresses_of(settings);
  sink.emit("resolve", addresses.empty() ? "failed" : "ok",
            addresses.empty() ? "no such host: " + settings.host : addresses);
  if (addresses.empty()) throw not_found("no such host: " + settings.host);
}

std::string privileges(Connection& connection) {
  std::string all;
  for (const Row& row : connection.rows("SHOW GRANTS")) {
    const std::string grant = row.empty() ? "" : row[0].value_or("");
    // What follows holds the hash of a password.
    all += (all.empty() ? "" : "; ") + grant.substr(0, grant.find(" IDENTIFIED"));
  }
  return all;
}

std::string latency(Connection& connection) {
  const auto start = steady_clock::now();
  connection.execute("DO 0", "measure the latency");
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start).count();
  return std::to_string(took / 1000) + "." + std::to_string(took % 1000 / 100) + " ms";
}

// The step that an error belongs to.
const char* step_of(const Error& error) {
  switch (error.vendor_code()) {
    case 2002:
    case 2003:
    case 2005:
      return "connect";
    case 2026:
      return "encryption";
    default:
      return "login";
  }
}

void test_connection(const Settings& settings, const TextSink& sink) {
  Connection connection(settings);
  const char* const cipher = mysql_get_ssl_cipher(connection.native());
  sink.emit("connect", "ok", mysql_get_host_info(connection.native()));
  sink.emit("encryption", "ok", cipher == nullptr ? "none" : cipher);
  sink.emit("login", "ok", settings.place());
  sink.emit("server", "ok", mysql_get_server_info(connection.native()));
  sink.emit("privileges", "ok", privileges(connection));
  sink.emit("latency", "ok", latency(connection));
}

}  // namespace

void ping_server(const Settings& settings, const TextSink& sink) {
  resolve(settings, sink);
  try {
    test_connection(settings, sink);
  } catch (const Error& e) {
    sink.emit(step_of(e), "failed", e.what());
    throw;
  }
}

}  // namespace sluice::mysql
