// SPDX-License-Identifier: Apache-2.0
#include "postgresql/settings.hpp"

namespace sluice::postgresql {

namespace {

// A field of `connection[i]`, else the step's own.
std::string field(const Context& context, std::string_view prefix, std::string_view name) {
  const auto own = context.string(std::string(prefix) + std::string(name));
  return own && !own->empty() ? *own : context.string(name, "");
}

std::string port_of(const Context& context, std::string_view prefix) {
  const auto own = context.integer(std::string(prefix) + "port");
  return std::to_string(own ? *own : context.integer("port", 5432));
}

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

Settings Settings::read(const Context& context, std::string_view prefix) {
  Settings s;
  s.host = field(context, prefix, "host");
  s.port = port_of(context, prefix);
  s.database = field(context, prefix, "database");
  s.user = field(context, prefix, "username");
  s.password = field(context, prefix, "password");
  s.socket = context.string(std::string(prefix) + "host") ? "" : field(context, prefix, "socket");
  s.ssl_mode = context.string(std::string(prefix) + "sslMode").value_or(context.string("sslMode", "prefer"));
  s.ssl_root_certificate = field(context, prefix, "sslRootCertificate");
  s.ssl_certificate = field(context, prefix, "sslCertificate");
  s.ssl_key = field(context, prefix, "sslKey");
  s.connect_seconds = (context.integer("connectTimeout", 10'000) + 999) / 1000;
  s.silence_milliseconds = context.integer("socketTimeout", 0);
  s.session = context.strings("session");
  return s;
}

std::string Settings::place() const {
  return "database \"" + database + "\" of " + (socket.empty() ? host : socket) + ":" + port + " as \"" + user + "\"";
}

bool Settings::same_place(const Settings& other) const {
  return host == other.host && port == other.port && database == other.database && socket == other.socket;
}

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

bool Settings::is_remote() const {
  if (!socket.empty() || host.starts_with("/") || host.starts_with("@")) return false;
  return host != "localhost" && host != "::1" && !host.starts_with("127.");
}

void check_settings(const Context& context, std::string_view prefix, sql::Problems& problems) {
  const Settings s = Settings::read(context, prefix);
  const std::string at(prefix);
  if (s.host.empty() && s.socket.empty())
    problems.push_back({at + "host", "no server: neither host nor socket is set", "name the server in host"});
  if (s.database.empty()) problems.push_back({at + "database", "no database", "name the database to connect to"});
  if (s.user.empty()) problems.push_back({at + "username", "no user", "name the user to log in as"});
  if (s.ssl_mode.starts_with("verify") && s.ssl_root_certificate.empty())
    problems.push_back({at + "sslRootCertificate",
                        "sslMode " + s.ssl_mode + " needs the certificate that signs the server's",
                        "name its file in sslRootCertificate"});
}

}  // namespace sluice::postgresql
