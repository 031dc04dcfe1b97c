// SPDX-License-Identifier: Apache-2.0
// A SOCI session on a database file. Nothing else of this plugin includes SOCI: its headers put SQLite's own
// declarations into a namespace of theirs.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace sluice::sqlite {

// One thread at a time.
class Session {
 public:
  // Opens an absolute path; SQLite makes a file that is not there, so ask before.
  explicit Session(const std::string& path);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The session's own connection: closed with it.
  ::sqlite3* native() const;
  // One statement, as it stands.
  void execute(const std::string& statement, const std::string& doing);
  // The first column of every row.
  std::vector<std::string> strings(const std::string& query, const std::string& doing);

 private:
  struct Parts;
  std::string path_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sluice::sqlite
