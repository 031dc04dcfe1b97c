// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "plugin/failure.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// The columns by which a record is told from the others.
struct RecordKey {
  std::vector<std::size_t> columns;  // positions, in the key's order
  bool whole = false;                // nothing is known to be a key: the record itself

  std::vector<std::string> names(const record::Schema& target) const;
};

// The columns that were asked for, by their names in the target or else in what arrives there; else the primary key of
// the target, of what arrives, or the whole record.
plugin::Result<RecordKey> choose_key(const record::Schema& target, const record::Schema& arriving,
                                     std::span<const std::string> asked);

}  // namespace sluice::engine
