// SPDX-License-Identifier: Apache-2.0
#include "sqlite/connection.hpp"

#include <filesystem>
#include <system_error>

#include "sql/suggest.hpp"
#include "sqlite/failure.hpp"

namespace sluice::sqlite {

namespace {

namespace fs = std::filesystem;

std::string nearest_file(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(path.parent_path(), error), end; !error && it != end; it.increment(error))
    names.push_back(it->path().filename().string());
  return sql::did_you_mean(path.filename().string(), names);
}

void check_file(const Opening& opening) {
  const fs::path path = fs::absolute(opening.path).lexically_normal();
  std::error_code error;
  const auto status = fs::status(path, error);
  if (fs::is_directory(status)) throw invalid("a directory, not a database file: " + path.string());
  if (status.type() == fs::file_type::not_found) {
    if (!fs::is_directory(path.parent_path(), error))
      throw not_found("no such directory: " + path.parent_path().string());
    throw not_found("no such database file: " + path.string() + nearest_file(path));
  } else if (error) {
    throw denied("the database file cannot be reached: " + error.message() + ": " + path.string());
  }
}

}  // namespace

void check_file(const Opening& opening, std::string_view place) {
  try {
    check_file(opening);
  } catch (const Error& error) {
    opening.context.error(place, error.what());
    throw;
  }
}

Opening opening_of(const Context& context) {
  Opening opening{.context = context, .path = context.string("path", "")};
  opening.busy_timeout = std::chrono::milliseconds(context.integer("busyTimeout", 10000));
  opening.session = context.strings("session");
  return opening;
}

Connection::Connection(Opening opening) : opening_(std::move(opening)) {
  opening_.path = fs::absolute(opening_.path).lexically_normal().string();
  check_file(opening_);
  session_ = std::make_unique<Session>(opening_.path);
  db_ = session_->native();
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_handler(db_, &Connection::on_busy, this);
  // The first read is what finds out that a file is no database.
  session_->execute("SELECT count(*) FROM sqlite_schema", "open database");
  for (const auto& statement : opening_.session) run(statement, "session");
}

// Waits in small steps that a stopping job interrupts.
int Connection::on_busy(void* self, int calls) noexcept {
  auto& connection = *static_cast<Connection*>(self);
  const auto now = std::chrono::steady_clock::now();
  if (calls == 0) connection.busy_since_ = now;
  if (now - connection.busy_since_ >= connection.opening_.busy_timeout) return 0;
  const SluiceContext* context = connection.opening_.context.raw();
  return context->wait(context, calls < 10 ? 1 : 20) == 0 ? 1 : 0;
}

void Connection::run(const std::string& script, std::string_view doing) {
  if (sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw failure(db_, doing, path());
}

int64_t Connection::number(std::string_view query, std::string doing) const {
  Statement statement = prepare(query, std::move(doing));
  return statement.step() ? statement.integer(0) : 0;
}

std::string Connection::text(std::string_view query, std::string doing) const {
  Statement statement = prepare(query, std::move(doing));
  return statement.step() ? statement.text(0) : "";
}

void Connection::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace sluice::sqlite
