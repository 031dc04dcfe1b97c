// SPDX-License-Identifier: Apache-2.0
#include "sql/problem.hpp"

#include <algorithm>
#include <iterator>

namespace sluice::sql {

namespace {
bool is_error(const Problem& problem) { return !problem.is_warning; }
}  // namespace

bool has_errors(const Problems& problems) { return std::any_of(problems.begin(), problems.end(), is_error); }

void report(const Context& context, const Problems& problems) {
  for (const auto& problem : problems) {
    if (problem.is_warning)
      context.warn(problem.path, problem.message, problem.advice);
    else
      context.error(problem.path, problem.message, problem.advice);
  }
}

void report_or_throw(const Context& context, const Problems& problems) {
  report(context, problems);
  const auto first = std::find_if(problems.begin(), problems.end(), is_error);
  if (first == problems.end()) return;
  throw invalid((first->path.empty() ? "" : first->path + ": ") + first->message);
}

void append(Problems& to, Problems more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace sluice::sql
