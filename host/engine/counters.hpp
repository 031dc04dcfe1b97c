// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugin/writer.hpp"

namespace sluice::engine {

using plugin::Counters;

inline Counters& operator+=(Counters& sum, const Counters& more) {
  sum.read += more.read;
  sum.added += more.added;
  sum.written += more.written;
  sum.skipped += more.skipped;
  sum.filtered += more.filtered;
  sum.dirty += more.dirty;
  sum.bytes += more.bytes;
  return sum;
}

// Every record is accounted for.
inline bool is_balanced(const Counters& c) { return c.read + c.added == c.written + c.skipped + c.filtered + c.dirty; }

}  // namespace sluice::engine
