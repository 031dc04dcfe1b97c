// SPDX-License-Identifier: Apache-2.0
#include "sql/meaning.hpp"

#include <string>

namespace sluice::sql {

Error failure(std::string_view doing, std::string_view message, std::string_view place, Meaning meaning) {
  std::string text(doing);
  text += ": ";
  text += message;
  text += " (" + std::string(place) + ")";
  return Error(meaning.code, std::move(text)).retryable(meaning.retryable);
}

bool must_stop(const Error& error) {
  return error.code() == SLUICE_CANCELLED || (error.flags() & SLUICE_RETRYABLE) != 0;
}

}  // namespace sluice::sql
