// SPDX-License-Identifier: Apache-2.0
#include "odbc/server_place.hpp"

#include <algorithm>

namespace sluice::odbc {

namespace {

// What is in the name of a driver, or of its file.
struct KnownDriver {
  std::string_view part;
  const char* port;
};

constexpr KnownDriver known_drivers[] = {{"postgres", "5432"},   {"psqlodbc", "5432"},  {"maodbc", "3306"},
                                         {"mariadb", "3306"},    {"mysql", "3306"},     {"myodbc", "3306"},
                                         {"sql server", "1433"}, {"msodbcsql", "1433"}, {"tdsodbc", "1433"},
                                         {"freetds", "1433"}};

std::string usual_port(std::string_view driver) {
  std::string name(driver);
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const KnownDriver& known : known_drivers)
    if (name.find(known.part) != std::string::npos) return known.port;
  return "";
}

// SQL Server's "tcp:db1,1433".
void take_port(ServerPlace& place) {
  if (place.host.starts_with("tcp:")) place.host.erase(0, 4);
  const std::size_t comma = place.host.find(',');
  if (comma == std::string::npos) return;
  place.port = place.host.substr(comma + 1);
  place.host.erase(comma);
}

}  // namespace

ServerPlace server_place(const Settings& settings) {
  ServerPlace place;
  place.host = settings.value({"Server", "Servername", "Host", "Hostname", "Address"});
  place.port = settings.value({"Port"});
  take_port(place);
  if (place.port.empty()) place.port = usual_port(settings.value({"Driver"}));
  const auto unknown = [](std::string why) { return ServerPlace{"", "", std::move(why)}; };
  if (place.host.empty() && !settings.value({"DSN"}).empty()) return unknown("the server's name stands in odbc.ini");
  if (place.host.empty()) return unknown("the connection string names no server");
  if (place.host.find_first_of("/\\") != std::string::npos) return unknown("the driver's own way: " + place.host);
  if (place.port.empty()) return unknown("the connection string names no port");
  // To MariaDB's client library that is a socket, not a host.
  if (place.port == "3306" && place.host == "localhost") return unknown("the driver takes localhost for a socket");
  return place;
}

}  // namespace sluice::odbc
