// SPDX-License-Identifier: Apache-2.0
#include "sql/consistency.hpp"

namespace sluice::sql {

Consistency consistency_of(const Context& context) {
  if (const auto flag = context.boolean("consistent")) return *flag ? Consistency::required : Consistency::none;
  const std::string word = context.string("consistent", "auto");
  if (word == "false") return Consistency::none;
  if (word == "lock") return Consistency::locked;
  return word == "true" ? Consistency::required : Consistency::if_possible;
}

void check_consistency(const Context& context, Problems& problems) {
  const std::string word = context.string("consistent", "auto");
  if (word != "auto" && word != "lock" && word != "true" && word != "false")
    problems.push_back({"consistent", "no such choice: " + word, "use auto, lock, true or false"});
}

}  // namespace sluice::sql
