// SPDX-License-Identifier: Apache-2.0
#include "job/scheduling.hpp"
namespace sluice::job {
std::string SchedulingValues::substitute(std::string_view text, const std::string&, const Document&, Problems&) {
  return std::string(text);
}
}  // namespace sluice::job
