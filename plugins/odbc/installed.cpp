// SPDX-License-Identifier: Apache-2.0
#include "odbc/installed.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "odbc/utf16.hpp"
#include "sql/suggest.hpp"

namespace sluice::odbc {

namespace {

using Names = std::vector<std::string>;
// SQLDriversW and SQLDataSourcesW: names and what else is said of each.
using List = SQLRETURN (*)(SQLHENV, SQLUSMALLINT, SQLWCHAR*, SQLSMALLINT, SQLSMALLINT*, SQLWCHAR*, SQLSMALLINT,
                           SQLSMALLINT*);

Names listed(SQLHENV environment, List list) {
  constexpr SQLSMALLINT most = 256;
  Names names;
  std::array<SQLWCHAR, most> name{}, more{};
  SQLSMALLINT size = 0, ignored = 0;
  SQLUSMALLINT which = SQL_FETCH_FIRST;
  while (SQL_SUCCEEDED(list(environment, which, name.data(), most, &size, more.data(), most, &ignored))) {
    const auto end = std::find(name.begin(), name.end(), SQLWCHAR{0});
    names.push_back(narrow_text(name.data(), static_cast<size_t>(end - name.begin())));
    which = SQL_FETCH_NEXT;
  }
  return names;
}

std::string instead(const char* what, const char* file, std::string_view wanted, const Names& names) {
  if (names.empty()) return std::string("; ") + file + " has no " + what;
  return std::string("; the ") + what + " of " + file + ": " + sql::list_of(names) + sql::did_you_mean(wanted, names);
}

}  // namespace

std::string installed_instead(SQLHENV environment, const Diagnosis& diagnosis, const Settings& settings) {
  const auto driver = settings.value({"Driver"}), source = settings.value({"DSN"});
  if (diagnosis.sqlstate == "IM002" && !source.empty())
    return instead("data sources", "odbc.ini", source, listed(environment, SQLDataSourcesW));
  const bool has_no_driver = diagnosis.message.find("Can't open lib") != std::string::npos;
  if (!has_no_driver || driver.find('/') != std::string_view::npos) return "";
  return instead("drivers", "odbcinst.ini", driver, listed(environment, SQLDriversW));
}

}  // namespace sluice::odbc
