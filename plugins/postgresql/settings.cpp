// SPDX-License-Identifier: Apache-2.0
#include "postgresql/settings.hpp"

namespace sluice::postgresql {

namespace {

// Everything but letters and digits as %20.
std::string encoded(std::string_view value) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : value) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      out += c;
    else
      out += {'%', digits[static_cast<uint8_t>(c) >> 4], digits[c & 15]};
  }
  return out;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> Settings::keywords() const {
  std::vector<std::pair<std::string, std::string>> all = {
      {"host", socket.empty() ? host : socket},
      {"port", port},
      {"dbname", database},
      {"user", user},
      {"password", password},
      {"sslmode", ssl_mode},
      {"sslrootcert", ssl_root_certificate},
      {"sslcert", ssl_certificate},
      {"sslkey", ssl_key},
      {"connect_timeout", std::to_string(connect_seconds)},
      {"client_encoding", "UTF8"},
      {"application_name", "sluice"},
      // A server that died without a word is noticed after two minutes, however slow the throttle.
      {"keepalives_idle", "60"},
      {"keepalives_interval", "15"},
      {"keepalives_count", "4"},
  };
  if (silence_milliseconds > 0) all.emplace_back("tcp_user_timeout", std::to_string(silence_milliseconds));
  std::erase_if(all, [](const auto& pair) { return pair.second.empty(); });
  return all;
}

// SOCI takes a connection string apart at its blanks, so it gets one without any.
std::string Settings::connection_string() const {
  std::string out = "postgresql://";
  for (const auto& [name, value] : keywords()) out += (out.back() == '/' ? "?" : "&") + name + "=" + encoded(value);
  return out;
}

}  // namespace sluice::postgresql
