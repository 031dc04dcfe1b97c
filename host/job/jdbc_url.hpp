// SPDX-License-Identifier: Apache-2.0
//
// JDBC addresses, as scripts of other tools name their databases: "jdbc:mysql://db1:3306/shop?useSSL=true".
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::job {

struct JdbcUrl {
  std::string store;                    // "mysql": the word behind "jdbc:"
  boost::json::object fields;           // host, port, database; or path for an embedded store
  std::vector<std::string> properties;  // names only: values may be secret
  bool several_hosts = false;           // only the first is in `fields`
};

// Nothing when it has none of the known forms.
std::optional<JdbcUrl> parse_jdbc_url(std::string_view url);

}  // namespace sluice::job
