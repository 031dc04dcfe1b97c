// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::record {

// Why a value does not fit.
enum class Fault : std::uint8_t {
  none,
  null,        // NULL where a value is required
  range,       // outside what the type can hold
  inexact,     // it would lose digits
  parse,       // not the text of such a value
  too_long,    // text or bytes over the column's length
  encoding,    // bytes that are not UTF-8
  time_gap,    // a local time that the clocks jumped over
  time_twice,  // a local time that the clocks showed twice
  no_offset,   // an instant is wanted, the text names no zone offset, and no timeZone was set
  has_offset,  // a local time is wanted, the text names a zone offset, and no timeZone was set
  batch_full,  // more than 2 GiB of text in one batch
};

// Short and fixed: groups the faults of one kind.
std::string_view code_of(Fault);

// For people, without values.
std::string_view text_of(Fault);

}  // namespace sluice::record
