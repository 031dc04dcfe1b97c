// SPDX-License-Identifier: Apache-2.0
// Metadata through SOCI, as rows of texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soci {
class session;
}

namespace sluice::sql {

using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;

// `sql` selects texts; its parameters are :p1, :p2 ... Throws what SOCI throws.
Rows fetch_rows(soci::session& session, const std::string& sql, const std::vector<std::string>& parameters);

}  // namespace sluice::sql
