// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/cast.hpp"
#include "record/kernel.hpp"

namespace sluice::record {

// What happens to one column. Not for other folders.
struct CastStep {
  Type from;
  Type to;
  Kernel kernel = nullptr;  // NULL when shared, and for columns of NULLs
  bool shares = false;      // the memory of the input serves the output
  bool required = false;
  bool checks_encoding = false;
  std::optional<std::int64_t> length;

  bool is_nothing() const { return shares && !required && !checks_encoding && !length; }
  std::string message(Fault) const;
};

struct Cast::Plan {
  Schema schema;
  std::vector<CastStep> steps;
  std::optional<Zone> zone;
  bool shares_all = false;
  bool identity = false;
};

}  // namespace sluice::record
