// SPDX-License-Identifier: Apache-2.0
#include "odbc/settings.hpp"

#include <unistd.h>

#include <algorithm>

#include "sql/sql_text.hpp"
#include "sql/suggest.hpp"

namespace sluice::odbc {

namespace {

const std::initializer_list<std::string_view> user_names = {"UID", "User", "User ID", "Username"};
const std::initializer_list<std::string_view> password_names = {"PWD", "Password"};

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view one) { return sql::same_name(one, name); });
}

std::string small_letters(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

bool is_secret(std::string_view name) {
  const std::string lower = small_letters(name);
  for (const std::string_view part : {"pwd", "password", "passphrase", "secret", "token"})
    if (lower.find(part) != std::string::npos) return true;
  return false;
}

// The value at the front of `rest`, in braces or not; nothing when a brace is not closed.
std::optional<std::string> take_value(std::string_view& rest) {
  if (!rest.starts_with('{')) {
    const size_t end = std::min(rest.find(';'), rest.size());
    std::string value(sql::trimmed(rest.substr(0, end)));
    rest.remove_prefix(end);
    return value;
  }
  std::string value;
  for (size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '}') {
      if (i + 1 >= rest.size() || rest[i + 1] != '}') {
        rest.remove_prefix(i + 1);
        rest = sql::trimmed(rest);
        return rest.empty() || rest.front() == ';' ? std::optional(value) : std::nullopt;
      }
      ++i;
    }
    value += rest[i];
  }
  return std::nullopt;
}

std::string braced(const std::string& value) {
  if (value.find_first_of("[]{}(),;?*=!@ '\"\\") == std::string::npos) return value;
  std::string out = "{";
  for (const char c : value) out += c == '}' ? std::string("}}") : std::string(1, c);
  return out + "}";
}

std::string file_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

}  // namespace

std::optional<Keywords> parse_connection_string(std::string_view text) {
  Keywords all;
  for (std::string_view rest = sql::trimmed(text); !rest.empty(); rest = sql::trimmed(rest)) {
    if (rest.front() == ';') {
      rest.remove_prefix(1);
      continue;
    }
    const size_t equals = rest.find('=');
    const std::string name(sql::trimmed(rest.substr(0, std::min(equals, rest.size()))));
    if (equals == std::string_view::npos || name.empty() || name.find(';') != std::string::npos) return std::nullopt;
    rest.remove_prefix(equals + 1);
    rest = sql::trimmed(rest);
    auto value = take_value(rest);
    if (!value) return std::nullopt;
    all.push_back({name, std::move(*value)});
  }
  return all;
}

Settings Settings::read(const Context& context) {
  Settings s;
  s.keywords = parse_connection_string(context.string("connectionString", "")).value_or(Keywords{});
  for (const auto& [parameter, keyword] : {std::pair("dsn", "DSN"), {"username", "UID"}, {"password", "PWD"}})
    if (const auto value = context.string(parameter); value && !value->empty()) s.keywords.push_back({keyword, *value});
  s.connect_seconds = (context.integer("connectTimeout", 10'000) + 999) / 1000;
  s.silence_seconds = (context.integer("socketTimeout", 0) + 999) / 1000;
  s.session = context.strings("session");
  return s;
}

std::string Settings::connection_string() const {
  std::string out;
  for (const auto& [name, value] : keywords)
    out += name + "=" + (is_in_memory && sql::same_name(name, "Database") ? ":memory:" : braced(value)) + ";";
  return out;
}

std::string_view Settings::value(std::initializer_list<std::string_view> names) const {
  for (const auto& keyword : keywords)
    if (is_one_of(keyword.name, names)) return keyword.value;
  return {};
}

std::string Settings::place() const {
  const auto quoted = [](std::string_view text) { return "\"" + std::string(text) + "\""; };
  std::string out;
  if (const auto dsn = value({"DSN"}); !dsn.empty()) out = "data source " + quoted(dsn);
  if (const auto database = value({"Database", "DB", "Initial Catalog", "DBQ"}); !database.empty())
    out += (out.empty() ? "" : ", ") + ("database " + quoted(database));
  if (const auto host = value({"Server", "Servername", "Host", "Hostname", "Address"}); !host.empty()) {
    out += (out.empty() ? "server " : " of ") + std::string(host);
    if (const auto port = value({"Port"}); !port.empty()) out += ":" + std::string(port);
  }
  if (const auto user = value(user_names); !user.empty()) out += " as " + quoted(user);
  if (out.empty()) out = "driver " + quoted(file_name(value({"Driver"})));
  return out;
}

bool Settings::is_sqlite() const { return small_letters(value({"Driver"})).find("sqlite") != std::string::npos; }

Settings Settings::without_creating() const {
  Settings same = *this;
  if (is_sqlite() && value({"NoCreat"}).empty()) same.keywords.push_back({"NoCreat", "1"});
  return same;
}

Settings Settings::in_memory_when_missing() const {
  Settings same = *this;
  const std::string file(value({"Database"}));
  same.is_in_memory = is_sqlite() && !file.empty() && ::access(file.c_str(), F_OK) != 0;
  return same;
}

std::string Settings::without_secrets(std::string text) const {
  for (const auto& keyword : keywords)
    if (is_secret(keyword.name) && keyword.value.size() > 2) {
      replace_all(text, braced(keyword.value), "***");
      replace_all(text, keyword.value, "***");
    }
  return text;
}

void check_settings(const Context& context, sql::Problems& problems) {
  const std::string text = context.string("connectionString", ""), dsn = context.string("dsn", "");
  if (text.empty() && dsn.empty()) {
    problems.push_back({"connectionString", "nothing to connect to: neither connectionString nor dsn is set",
                        "write what the driver needs, as in Driver=...;Server=...;Database=..."});
    return;
  }
  const auto keywords = parse_connection_string(text);
  if (!keywords) {
    problems.push_back({"connectionString", "not a connection string: it is made of keyword=value; keyword=value ...",
                        "a value that holds ; or } stands in braces, } doubled"});
    return;
  }
  struct Pair {
    const char* parameter;
    std::initializer_list<std::string_view> names;
  };
  for (const Pair& pair : {Pair{"dsn", {"DSN"}}, Pair{"username", user_names}, Pair{"password", password_names}})
    for (const auto& keyword : *keywords)
      if (is_one_of(keyword.name, pair.names) && !context.string(pair.parameter, "").empty())
        problems.push_back(
            {pair.parameter, "set twice: connectionString has " + keyword.name, "remove one of the two"});
}

}  // namespace sluice::odbc
