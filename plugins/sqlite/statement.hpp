// SPDX-License-Identifier: Apache-2.0
// A prepared statement of SQLite's own interface. One thread at a time; must not outlive its connection.
#pragma once

#include <sqlite3.h>

#include <optional>
#include <string>
#include <string_view>

namespace sluice::sqlite {

class Statement {
 public:
  Statement() = default;
  // `path` is for messages; it and `doing` are kept.
  Statement(sqlite3* db, std::string_view sql, std::string doing, std::string path);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;

  sqlite3_stmt* raw() const { return raw_; }
  explicit operator bool() const { return raw_ != nullptr; }

  // Parameters from 1. A text is not copied: it must live until the next reset.
  Statement& bind(int index, int64_t value);
  Statement& bind(int index, std::string_view text);

  // True: there is a row. Throws.
  bool step();
  void reset() noexcept;

  // Columns of the row from 0; texts live until the next step.
  int64_t integer(int column) const { return sqlite3_column_int64(raw_, column); }
  std::string text(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(raw_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* raw_ = nullptr;
  std::string doing_, path_;
};

}  // namespace sluice::sqlite
