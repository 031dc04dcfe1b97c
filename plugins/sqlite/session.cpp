// SPDX-License-Identifier: Apache-2.0
#include "sqlite/session.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "sluice/error.hpp"

namespace sluice::sqlite {

// From failure.cpp, whose header cannot be read beside SOCI's.
Error failure(int code, std::string_view doing, std::string_view message, std::string_view path);

struct Session::Parts {
  soci::session session;
};

namespace {

// SOCI reads `key=value ...` when there is an equals sign, and a plain path otherwise.
std::string connect_string(const std::string& path) {
  if (path.find('=') == std::string::npos) return path;
  if (path.find('"') != std::string::npos) throw unsupported("a path with both = and \" in it: " + path);
  return "db=\"" + path + "\"";
}

// SOCI puts the name of its own function before what SQLite says.
std::string said(const soci::soci_error& error) {
  std::string text = error.get_error_message();
  const bool named = text.starts_with("sqlite3_") && text.find("::") < text.find(": ");
  return named ? text.substr(text.find(": ") + 2) : text;
}

template <class Body>
auto translated(const std::string& doing, const std::string& path, Body&& body) {
  try {
    return body();
  } catch (const soci::sqlite3_soci_error& error) {
    throw failure(error.result(), doing, said(error), path);
  } catch (const soci::soci_error& error) {
    throw invalid(doing + ": " + said(error) + ": " + path);
  }
}

}  // namespace

Session::Session(const std::string& path) : path_(path), parts_(std::make_unique<Parts>()) {
  translated("open database", path_, [&] { parts_->session.open(*soci::factory_sqlite3(), connect_string(path_)); });
}

Session::~Session() = default;

::sqlite3* Session::native() const {
  auto* backend = static_cast<soci::sqlite3_session_backend*>(parts_->session.get_backend());
  return reinterpret_cast<::sqlite3*>(backend->conn_);
}

void Session::execute(const std::string& statement, const std::string& doing) {
  translated(doing, path_, [&] { parts_->session << statement; });
}

std::vector<std::string> Session::strings(const std::string& query, const std::string& doing) {
  return translated(doing, path_, [&] {
    const soci::rowset<std::string> rows = (parts_->session.prepare << query);
    return std::vector<std::string>(rows.begin(), rows.end());
  });
}

}  // namespace sluice::sqlite
