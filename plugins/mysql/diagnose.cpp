// SPDX-License-Identifier: Apache-2.0
#include "mysql/diagnose.hpp"

#include "mysql/login.hpp"
#include "sql/suggest.hpp"

namespace sluice::mysql {

namespace {

std::string way_out(const Settings& settings, unsigned number) {
  switch (number) {
    case 1044:
    case 1049: {
      const auto there = databases_of(settings);
      return there.empty() ? "" : "; there are: " + sql::list_of(there) + sql::did_you_mean(settings.database, there);
    }
    case 1045:
    case 1130:
    case 1698:
      return "; check username and password, and that the user may log in from this machine";
    case 1040:
    case 1203:
    case 1226:
      return "; lower speed.concurrent, or raise the server's max_connections or the user's limit";
    default:
      return "";
  }
}

constexpr unsigned encryption = 2026;

// A certificate, a version: no later try helps. A server that hung up is another matter.
bool is_refused_encryption(const Complaint& complaint) {
  if (complaint.number != encryption) return false;
  for (const std::string_view sign : {"eof", "reset", "syscall", "Broken pipe"})
    if (complaint.message.find(sign) != std::string::npos) return false;
  return true;
}

}  // namespace

Error diagnose(const Settings& settings, const Complaint& complaint) {
  if (is_refused_encryption(complaint))
    return denied("connect: " + complaint.message + " (" + settings.place() + ")")
        .vendor(complaint.number, complaint.sqlstate);
  Complaint whole = complaint;
  whole.message += way_out(settings, complaint.number);
  return failure("connect", whole, settings.place());
}

std::vector<std::string> databases_of(Settings settings) {
  settings.database.clear();
  std::vector<std::string> names;
  MYSQL raw;
  if (mysql_init(&raw) == nullptr) return names;
  if (connect_to(&raw, settings) != nullptr && mysql_query(&raw, "SHOW DATABASES") == 0) {
    MYSQL_RES* const result = mysql_store_result(&raw);
    while (const MYSQL_ROW row = result == nullptr ? nullptr : mysql_fetch_row(result)) {
      const std::string name = row[0] == nullptr ? "" : row[0];
      if (name != "information_schema" && name != "performance_schema" && name != "mysql" && name != "sys")
        names.push_back(name);
    }
    mysql_free_result(result);
  }
  mysql_close(&raw);
  return names;
}

}  // namespace sluice::mysql
