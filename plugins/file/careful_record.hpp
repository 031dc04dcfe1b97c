// SPDX-License-Identifier: Apache-2.0
// Cuts one record out of a window by the careful grammar, reading more where needed.
#pragma once

#include <string>

#include "careful_cut.hpp"
#include "window.hpp"

namespace sluice::file {

struct CarefulRecord {
  const char* next = nullptr;  // the first byte of the next record, in the window
  std::uint64_t lines = 0;     // line feeds up to there
  Fault fault = Fault::none;
  std::string raw;  // of a faulty record: its first line, or the begin of it
};

// The record begins at window.begin(), where there is text. Fields are views into the window.
CarefulRecord cut_carefully(const Grammar& grammar, Window& window, std::vector<Span>* fields);

// Behind the next line feed at or after `from`; the end of the text when there is none. Lets go of what it passes.
const char* skip_line(Window& window, const char* from);

}  // namespace sluice::file
