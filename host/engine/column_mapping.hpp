// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "record/cast_risk.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// What becomes of one column on its way through the cast. A plain value.
struct ColumnMapping {
  struct Side {
    std::string name;
    std::string native;  // the type in the store's words; may be empty
    std::string type;    // as it moves
    std::optional<std::int64_t> length;
    bool nullable = true;
  };
  Side source, target;
  std::vector<record::Fault> risks;  // why a record may be a dirty one; none: every value arrives exactly

  // Texts that the source may hold and the target cannot.
  bool is_shortened() const;
};

// By position, as Cast does it.
std::vector<ColumnMapping> map_columns(const record::Schema& arriving, const record::Schema& wanted, bool has_zone);

}  // namespace sluice::engine
