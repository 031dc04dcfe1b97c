// SPDX-License-Identifier: Apache-2.0
// The grammar of delimited text, one byte after the other: what a record is by definition. The fast paths must
// agree with it, and call it wherever they are in doubt.
//
// - A record ends at a line feed (a carriage return before it is dropped) outside a quoted field.
// - A field that begins with the quote is quoted; a quote inside it is doubled; behind the closing quote a delimiter
//   or the line's end must follow. A quote elsewhere is a character like any other.
// - A record whose quoting is broken, or that is too long, is its first line alone, so that one broken line costs one
//   record, whatever follows.
#pragma once

#include "record.hpp"

namespace sluice::file {

struct Cut {
  enum class Outcome { whole, faulty, need_more } outcome;
  const char* next = nullptr;  // the first byte of the next record
  Fault fault = Fault::none;
  bool line_goes_on = false;  // `next` is not: the next record begins behind the line feed that follows
};

// Cuts the record at `begin`, which is not the end. `complete`: no text follows `end`, which then is behind a line
// feed. Fills `fields` unless it is NULL.
Cut careful_cut(const Grammar& grammar, const char* begin, const char* end, bool complete, std::vector<Span>* fields);

}  // namespace sluice::file
