// SPDX-License-Identifier: Apache-2.0
// Problems with a job, gathered as values and handed to the host at the end.
#pragma once

#include <string>
#include <vector>

#include "sluice/context.hpp"

namespace sluice::sql {

struct Problem {
  std::string path;  // inside `parameter`: "column[3]"
  std::string message;
  std::string advice = {};
  bool is_warning = false;
};

using Problems = std::vector<Problem>;

// Of an entry of the column list: "column[3]".
inline std::string path_of(size_t index) { return Context::element("column", index); }

bool has_errors(const Problems& problems);

// Hands every problem to the host.
void report(const Context& context, const Problems& problems);

// Hands every problem to the host; throws SLUICE_INVALID, with the first error as its text, when there is one.
void report_or_throw(const Context& context, const Problems& problems);

void append(Problems& to, Problems more);

}  // namespace sluice::sql
