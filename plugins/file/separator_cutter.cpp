// SPDX-License-Identifier: Apache-2.0
#include "separator_cutter.hpp"

#include <algorithm>
#include <cstring>

namespace sluice::file {

namespace {

const char* find(const char* begin, const char* end, const std::string& wanted) {
  return static_cast<const char*>(::memmem(begin, static_cast<std::size_t>(end - begin), wanted.data(), wanted.size()));
}

}  // namespace

bool LineCutter::next(Record& record) {
  do {
    if (!next_line(record)) return false;
  } while (grammar_.skip_empty && record.is_empty());
  return true;
}

bool LineCutter::next_line(Record& record) {
  window_.drop_to(window_.begin() + at_);
  at_ = 0;
  bool too_long = false;
  std::size_t searched = 0;
  for (;;) {
    if (const char* found = find(window_.begin() + searched, window_.end(), delimiter_)) {
      fill(record, found, too_long ? Fault::too_long : Fault::none);
      at_ = static_cast<std::size_t>(found - window_.begin()) + delimiter_.size();
      return true;
    }
    // What could be the begin of a delimiter is looked at again.
    const std::size_t kept = std::min(window_.size(), delimiter_.size() - 1);
    searched = window_.size() - kept;
    if (searched > grammar_.longest) {
      too_long = true;
      window_.drop_to(window_.end() - kept);
      searched = 0;
    }
    if (!window_.more()) return last_line(record, too_long);
  }
}

// The rest of a text that does not end with the delimiter; a line feed at the end is none of it.
bool LineCutter::last_line(Record& record, bool too_long) {
  const char* end = window_.end();
  if (end != window_.begin() && end[-1] == '\n') --end;
  if (end != window_.begin() && end[-1] == '\r') --end;
  at_ = window_.size();
  if (end == window_.begin()) return false;
  fill(record, end, too_long ? Fault::too_long : Fault::none);
  return true;
}

void LineCutter::fill(Record& record, const char* end, Fault fault) {
  record.fields.assign(1, {window_.begin(), end});
  record.raw = record.fields[0].text();
  record.line = line_++;
  record.high_bytes = true;
  record.fault = record.raw.size() > grammar_.longest ? Fault::too_long : fault;
}

bool SeparatorCutter::next(Record& record) {
  if (!lines_->next(record)) return false;
  if (record.fault != Fault::none) return true;
  const Span line = record.fields[0];
  record.fields.clear();
  const char* begin = line.begin;
  while (const char* found = find(begin, line.end, delimiter_)) {
    record.fields.push_back({begin, found});
    begin = found + delimiter_.size();
  }
  record.fields.push_back({begin, line.end});
  return true;
}

}  // namespace sluice::file
