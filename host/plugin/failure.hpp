// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::plugin {

// Why a call of a plugin, or the host's work around it, did not succeed. A value; safe to copy anywhere.
struct Failure {
  SluiceStatus code = SLUICE_INTERNAL;  // one of the enumeration, never SLUICE_OK
  std::uint32_t flags = 0;              // SLUICE_RETRYABLE, SLUICE_OUTCOME_UNKNOWN
  std::string sqlstate;
  std::int64_t vendor_code = 0;
  std::string message;  // valid UTF-8, never empty
  std::string where;    // "writer sqlite, commit"; empty when no plugin was involved

  bool retryable() const { return (flags & SLUICE_RETRYABLE) != 0; }
  bool outcome_unknown() const { return (flags & SLUICE_OUTCOME_UNKNOWN) != 0; }
  bool cancelled() const { return code == SLUICE_CANCELLED; }

  // For people: "writer sqlite, commit: disk full (SQLSTATE 53100, error 13)".
  std::string text() const;

  friend bool operator==(const Failure&, const Failure&) = default;
};

template <class T>
using Result = boost::system::result<T, Failure>;

// Called by Result::value() on a failure: a bug in the caller, who must look first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Failure&, const boost::source_location&);

// The name of a status in words: "denied"; "unknown status 77" for what the header does not know.
std::string status_text(SluiceStatus);

// A SluiceError for a plugin to fill.
SluiceError blank_error();

// Reads what a plugin answered. A code that does not exist becomes SLUICE_INTERNAL, a message that is missing, not
// terminated or not UTF-8 becomes a sane text. `status` (the call's answer) rules over `error.code`.
Failure read_failure(std::string_view where, SluiceStatus status, const SluiceError& error);

// The way back: fills in a plugin's struct, whatever its size.
void write_failure(const Failure&, SluiceError*);

// A breach of the boundary's rules by a plugin: SLUICE_INTERNAL.
Failure breach(std::string_view where, std::string_view what);

}  // namespace sluice::plugin
