// SPDX-License-Identifier: Apache-2.0
#include "sqlite/statement.hpp"

#include <utility>

#include "sqlite/failure.hpp"

namespace sluice::sqlite {

Statement::Statement(sqlite3* db, std::string_view sql, std::string doing, std::string path)
    : doing_(std::move(doing)), path_(std::move(path)) {
  const int code =
      sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw_, nullptr);
  if (code != SQLITE_OK) throw failure(db, doing_, path_);
}

Statement::~Statement() { sqlite3_finalize(raw_); }

Statement::Statement(Statement&& other) noexcept
    : raw_(std::exchange(other.raw_, nullptr)), doing_(std::move(other.doing_)), path_(std::move(other.path_)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(raw_, other.raw_);
  doing_.swap(other.doing_);
  path_.swap(other.path_);
  return *this;
}

Statement& Statement::bind(int index, int64_t value) {
  sqlite3_bind_int64(raw_, index, value);
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(raw_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(raw_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* db = sqlite3_db_handle(raw_);
  Error error = failure(db, doing_, path_);
  sqlite3_reset(raw_);
  throw error;
}

void Statement::reset() noexcept { sqlite3_reset(raw_); }

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(raw_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<size_t>(sqlite3_column_bytes(raw_, column)));
}

}  // namespace sluice::sqlite
