// SPDX-License-Identifier: Apache-2.0
#include "record/fault.hpp"

namespace sluice::record {

std::string_view code_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "";
    case Fault::null:
      return "null";
    case Fault::range:
      return "range";
    case Fault::inexact:
      return "inexact";
    case Fault::parse:
      return "parse";
    case Fault::too_long:
      return "too-long";
    case Fault::encoding:
      return "encoding";
    case Fault::time_gap:
      return "time-gap";
    case Fault::time_twice:
      return "time-twice";
    case Fault::no_offset:
    case Fault::has_offset:
      return "time-zone";
    case Fault::batch_full:
      return "too-long";
  }
  return "";
}

std::string_view text_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "";
    case Fault::null:
      return "NULL where a value is required";
    case Fault::range:
      return "the value is outside the range";
    case Fault::inexact:
      return "the value would lose digits";
    case Fault::parse:
      return "the text is not such a value";
    case Fault::too_long:
      return "the value is longer than the column";
    case Fault::encoding:
      return "the bytes are not valid UTF-8";
    case Fault::time_gap:
      return "the local time does not exist, the clocks jumped over it";
    case Fault::time_twice:
      return "the local time is ambiguous, the clocks showed it twice";
    case Fault::no_offset:
      return "the text names no zone offset, and setting.common.column.timeZone is not set";
    case Fault::has_offset:
      return "the text names a zone offset, and setting.common.column.timeZone is not set";
    case Fault::batch_full:
      return "the batch holds more than 2 GiB of text";
  }
  return "";
}

}  // namespace sluice::record
