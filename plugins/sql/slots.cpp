// SPDX-License-Identifier: Apache-2.0
#include "sql/slots.hpp"

#include <algorithm>

namespace sluice::sql {

void check_slots(std::string_view owner, int64_t limit, int64_t others, int64_t needed, Problems& problems) {
  if (limit - others >= needed) return;
  const bool never = limit < needed;
  const int64_t lanes = std::max<int64_t>(1, limit - (never ? 0 : others) - 1);
  problems.push_back({"",
                      "fewer connections than the job wants: " + std::string(owner) + " allows " +
                          std::to_string(limit) + ", others have " + std::to_string(others) + ", wanted are " +
                          std::to_string(needed),
                      "set speed.concurrent to " + std::to_string(lanes) + ", or raise the limit", !never});
}

}  // namespace sluice::sql
