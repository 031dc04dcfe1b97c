// SPDX-License-Identifier: Apache-2.0
#include "sql/server.hpp"

namespace sluice::sql {

namespace {

// A field of `connection[i]`, else the step's own.
std::string field(const Context& context, std::string_view prefix, std::string_view name) {
  const auto own = context.string(std::string(prefix) + std::string(name));
  return own && !own->empty() ? *own : context.string(name, "");
}

std::string port_of(const Context& context, std::string_view prefix, int otherwise) {
  const auto own = context.integer(std::string(prefix) + "port");
  return std::to_string(own ? *own : context.integer("port", otherwise));
}

}  // namespace

Server Server::read(const Context& context, std::string_view prefix, int default_port) {
  Server s;
  s.host = field(context, prefix, "host");
  s.port = port_of(context, prefix, default_port);
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

std::string Server::place() const {
  const std::string where = socket.empty() ? host + ":" + port : socket;
  return "database \"" + database + "\" of " + where + " as \"" + user + "\"";
}

bool Server::same_login(const Server& other) const {
  return host == other.host && port == other.port && database == other.database && socket == other.socket &&
         user == other.user;
}

bool Server::is_remote() const {
  if (!socket.empty() || host.starts_with("/") || host.starts_with("@")) return false;
  return host != "localhost" && host != "::1" && !host.starts_with("127.");
}

void check_server(const Context& context, std::string_view prefix, Problems& problems) {
  const Server s = Server::read(context, prefix, 0);
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

void check_servers(const Context& context, Problems& problems) {
  for (const auto& prefix : server_prefixes(context)) check_server(context, prefix, problems);
}

std::vector<std::string> server_prefixes(const Context& context) {
  std::vector<std::string> prefixes;
  for (size_t i = 0; i < context.size("connection"); ++i) prefixes.push_back(Context::element("connection", i) + ".");
  if (prefixes.empty()) prefixes.emplace_back();
  return prefixes;
}

void warn_of_plain_connection(const Context& context, const Server& server, bool is_encrypted) {
  if (!server.is_remote() || is_encrypted) return;
  context.warn("sslMode", "the connection to a remote host is not encrypted: " + server.host,
               "set sslMode to verify-full, with sslRootCertificate");
}

}  // namespace sluice::sql
