// SPDX-License-Identifier: Apache-2.0
#include "job/jdbc_url.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::job {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// Takes what stands before the first of `ends` off the front, and that sign too.
std::string_view take(std::string_view& text, std::string_view ends) {
  std::size_t end = std::min(text.find_first_of(ends), text.size());
  std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

// "db1:3306", "[::1]:3306", "db1"
bool set_address(std::string_view address, JdbcUrl& url) {
  std::size_t bracket = address.rfind(']');
  std::size_t colon = address.find(':', bracket == npos ? 0 : bracket);
  std::string_view host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host.empty()) return false;
  url.fields["host"] = host;
  if (colon == npos) return true;
  std::string_view digits = address.substr(colon + 1);
  int port = 0;
  auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  url.fields["port"] = port;
  return failed == std::errc{} && end == digits.data() + digits.size() && port > 0 && port < 65536;
}

// "a=1&b=2" or "a=1;b=2"; the database may be among them.
void set_properties(std::string_view text, std::string_view separators, JdbcUrl& url) {
  while (!text.empty()) {
    std::string_view value = take(text, separators);
    std::string_view name = take(value, "=");
    if (name == "databaseName" || name == "database")
      url.fields["database"] = value;
    else if (!name.empty())
      url.properties.emplace_back(name);
  }
}

// "//db1:3306,db2:3306/shop?a=1" and "//db1:1433;databaseName=shop"
bool parse_server(std::string_view rest, JdbcUrl& url) {
  rest.remove_prefix(2);
  std::size_t end = std::min(rest.find_first_of("/;?"), rest.size());
  std::string_view hosts = rest.substr(0, end);
  rest.remove_prefix(end);
  url.several_hosts = hosts.find(',') != npos;
  if (!set_address(hosts.substr(0, hosts.find(',')), url)) return false;
  if (rest.starts_with('/')) {
    rest.remove_prefix(1);
    std::string_view database = rest.substr(0, rest.find_first_of("?;"));
    if (!database.empty()) url.fields["database"] = database;
    rest.remove_prefix(database.size());
  }
  if (!rest.empty()) set_properties(rest.substr(1), "&;", url);
  return true;
}

// "thin:@db1:1521:orcl", "thin:@//db1:1521/service"
bool parse_thin(std::string_view rest, JdbcUrl& url) {
  std::size_t at = rest.find('@');
  if (at == npos) return false;
  rest.remove_prefix(at + 1);
  if (rest.starts_with("//")) return parse_server(rest, url);
  std::size_t last = rest.find_last_of(":/");
  if (last == npos || rest.find(':') == last) return false;
  url.fields["database"] = rest.substr(last + 1);
  return set_address(rest.substr(0, last), url);
}

}  // namespace

std::optional<JdbcUrl> parse_jdbc_url(std::string_view text) {
  if (!text.starts_with("jdbc:")) return {};
  text.remove_prefix(5);
  JdbcUrl url;
  url.store = take(text, ":");
  if (url.store.empty() || text.empty()) return {};
  bool good = true;
  if (text.starts_with("//"))
    good = parse_server(text, url);
  else if (text.find('@') != npos)
    good = parse_thin(text, url);
  else
    url.fields["path"] = take(text, "?");
  if (!good) return {};
  return url;
}

}  // namespace sluice::job
