// SPDX-License-Identifier: Apache-2.0
// A database file in a directory of its own, gone with the object; and batches to write into it.
#pragma once

#include <sqlite3.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "fake_context.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/batch_view.hpp"

namespace sluice::tests {

class Database {
 public:
  explicit Database(const std::string& script = "") {
    char name[] = "/tmp/sluice-sqlite-XXXXXX";
    directory_ = mkdtemp(name);
    path = directory_ + "/test.db";
    if (!script.empty()) run(script);
  }
  ~Database() {
    close();
    std::filesystem::remove_all(directory_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* open() {
    if (db_ == nullptr) BOOST_REQUIRE_EQUAL(sqlite3_open(path.c_str(), &db_), SQLITE_OK);
    return db_;
  }
  void close() {
    sqlite3_close(db_);
    db_ = nullptr;
  }
  void run(const std::string& script) {
    char* message = nullptr;
    const int code = sqlite3_exec(open(), script.c_str(), nullptr, nullptr, &message);
    BOOST_REQUIRE_MESSAGE(code == SQLITE_OK, script + ": " + (message == nullptr ? "" : message));
  }
  // Every row as one text, values joined by "|", by SQLite's own quote(): NULL, 1, 'a'.
  std::vector<std::string> rows(const std::string& query) {
    std::vector<std::string> all;
    const auto collect = [](void* out, int count, char** values, char**) {
      std::string row;
      for (int i = 0; i < count; ++i)
        row += (i == 0 ? "" : "|") + std::string(values[i] == nullptr ? "NULL" : values[i]);
      static_cast<std::vector<std::string>*>(out)->push_back(row);
      return 0;
    };
    char* message = nullptr;
    const int code = sqlite3_exec(open(), query.c_str(), collect, &all, &message);
    BOOST_REQUIRE_MESSAGE(code == SQLITE_OK, query + ": " + (message == nullptr ? "" : message));
    return all;
  }
  std::string row(const std::string& query) {
    const auto all = rows(query);
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    return all.front();
  }
  bool exists() const { return std::filesystem::exists(path); }
  const std::string& directory() const { return directory_; }

  std::string path;

 private:
  std::string directory_;
  sqlite3* db_ = nullptr;
};

// {"path": ..., more}
inline std::string parameters(const Database& database, const std::string& more) {
  return "{\"path\": \"" + database.path + "\"" + (more.empty() ? "" : ", ") + more + "}";
}

// A batch of the schema, filled by `fill`.
inline Batch batch_of(const Schema& schema, const std::function<void(BatchBuilder&)>& fill) {
  BatchBuilder builder(schema);
  fill(builder);
  ArrowArray array{};
  builder.finish(&array);
  return Batch(&array);
}

}  // namespace sluice::tests
