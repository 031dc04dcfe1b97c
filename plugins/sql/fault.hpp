// SPDX-License-Identifier: Apache-2.0
// Why a value cannot cross. Fixed texts; `code` is NULL when nothing is wrong.
#pragma once

namespace sluice::sql {

struct Fault {
  const char* code = nullptr;
  const char* message = nullptr;
  explicit operator bool() const { return code != nullptr; }
};

}  // namespace sluice::sql
