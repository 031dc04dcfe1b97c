// SPDX-License-Identifier: Apache-2.0
#include "record_cutter.hpp"

namespace sluice::file {

namespace {

std::uint64_t below(int bit) { return (std::uint64_t{1} << bit) - 1; }

}  // namespace

bool RecordCutter::next(Record& record) {
  do {
    if (!find_record()) return false;
    cut(record);
  } while (grammar_.skip_empty && record.is_empty());
  return true;
}

// Moves to where a record begins.
bool RecordCutter::find_record() {
  for (;;) {
    if (window_.offset_of(record_) >= stop_) return false;
    if (record_ == window_.end() && !refill()) return false;
    if (!grammar_.comments || *record_ != grammar_.comment) return true;
    window_.drop_to(record_);
    begin_at(skip_line(window_, window_.begin()));
    ++line_;
  }
}

void RecordCutter::begin_at(const char* at) {
  record_ = at;
  extra_lines_ = 0;
  masks_ = {};
  load_block(at);
}

void RecordCutter::load_block(const char* at) {
  block_ = at;
  const bool edge = at == record_ || reader_.is_edge(at[-1]);
  masks_ = reader_.read(at, window_.end(), edge, masks_.inside);
  quoted_feeds_ = masks_.line_feeds & ~masks_.record_ends;
}

// Reads more; the current record starts again. False when there is none and nothing to come.
bool RecordCutter::refill() {
  window_.drop_to(record_);
  const bool more = window_.more();
  begin_at(window_.begin());
  return more;
}

void RecordCutter::cut(Record& record) {
  record.line = line_;
  record.fault = Fault::none;
  if (grammar_.backslash || !cut_fields(record)) cut_carefully_here(record);
}

// False when in doubt.
bool RecordCutter::cut_fields(Record& record) {
  const char* field = record_;
  record.fields.clear();
  record.high_bytes = masks_.high_bytes;
  for (;;) {
    while (masks_.structural != 0) {
      const char* const at = block_ + std::countr_zero(masks_.structural);
      masks_.structural &= masks_.structural - 1;
      record.fields.push_back({field, at});
      field = at + 1;
      if (*at == '\n') return finish(record, at);
    }
    if (masks_.doubt || is_too_long(block_ + 64)) return false;
    if (window_.end() - block_ <= 64) {
      if (!refill()) return false;
      field = record_;
      record.fields.clear();
      record.high_bytes = masks_.high_bytes;
      continue;
    }
    if (quoted_feeds_ != 0) extra_lines_ += static_cast<std::uint64_t>(std::popcount(quoted_feeds_));
    load_block(block_ + 64);
    record.high_bytes |= masks_.high_bytes;
  }
}

bool RecordCutter::finish(Record& record, const char* line_feed) {
  if (is_too_long(line_feed + 1)) return false;
  record.raw = pass(record.fields.back(), line_feed);
  if (grammar_.trim) trim(record);
  return true;
}

bool RecordCutter::is_too_long(const char* end) const {
  return static_cast<std::size_t>(end - record_) > grammar_.longest + 1;
}

// Goes on behind a record, whose text it answers.
std::string_view RecordCutter::pass(Span& last, const char* line_feed) {
  const char* const end = line_feed != record_ && line_feed[-1] == '\r' ? line_feed - 1 : line_feed;
  if (last.end != last.begin) last.end = end;
  const std::string_view raw(record_, static_cast<std::size_t>(end - record_));
  ++line_;
  if ((quoted_feeds_ | extra_lines_) != 0) {
    const std::uint64_t passed = quoted_feeds_ & below(static_cast<int>(line_feed - block_));
    line_ += extra_lines_ + static_cast<std::uint64_t>(std::popcount(passed));
    quoted_feeds_ &= ~passed;
    extra_lines_ = 0;
  }
  record_ = line_feed + 1;
  return raw;
}

void RecordCutter::next_block(RecordBlock& block, std::size_t records, std::uint64_t bytes) {
  block.lines.clear();
  if (grammar_.backslash || grammar_.trim) return;
  if (block.fields.size() < records * block.width) block.fields.resize(records * block.width);
  const char* const begin = record_;
  while (block.lines.size() < records && static_cast<std::uint64_t>(record_ - begin) < bytes && cut_quickly(block)) {
  }
}

// False, and all is as it was, when the record is not in the window as a whole, or when in doubt.
bool RecordCutter::cut_quickly(RecordBlock& block) {
  if (record_ == window_.end() || window_.offset_of(record_) >= stop_) return false;
  if (grammar_.comments && *record_ == grammar_.comment) return false;
  Span* to = block.fields.data() + block.lines.size() * block.width;
  Span* const last = to + block.width - 1;
  const char* field = record_;
  bool high_bytes = masks_.high_bytes;
  for (;;) {
    // Nothing but locals in the loop: what is written could change any member, as far as can be told.
    const char* const begin = block_;
    std::uint64_t structural = masks_.structural;
    while (structural != 0) {
      const char* const at = begin + std::countr_zero(structural);
      structural &= structural - 1;
      if ((*at == '\n') != (to == last)) return begin_at(record_), false;
      *to = {field, at};
      if (to++ != last) {
        field = at + 1;
        continue;
      }
      const bool is_skipped = grammar_.skip_empty && block.width == 1 && (at == field || *field == '\r');
      if (is_skipped || is_too_long(at + 1)) return begin_at(record_), false;
      masks_.structural = structural;
      const std::uint64_t number = line_;
      const std::string_view raw = pass(*last, at);
      block.lines.push_back({raw, number, high_bytes});
      return true;
    }
    if (masks_.doubt || window_.end() - block_ <= 64 || is_too_long(block_ + 64)) return begin_at(record_), false;
    if (quoted_feeds_ != 0) extra_lines_ += static_cast<std::uint64_t>(std::popcount(quoted_feeds_));
    load_block(block_ + 64);
    high_bytes |= masks_.high_bytes;
  }
}

void RecordCutter::trim(Record& record) const {
  for (Span& field : record.fields) {
    while (field.begin != field.end && is_blank(*field.begin)) ++field.begin;
    while (field.begin != field.end && is_blank(field.end[-1])) --field.end;
  }
}

void RecordCutter::cut_carefully_here(Record& record) {
  window_.drop_to(record_);
  CarefulRecord found = cut_carefully(grammar_, window_, &record.fields);
  record.high_bytes = true;
  record.fault = found.fault;
  line_ += found.lines;
  if (found.fault == Fault::none) {
    const char* end = found.next - 1;
    if (end != window_.begin() && end[-1] == '\r') --end;
    record.raw = {window_.begin(), static_cast<std::size_t>(end - window_.begin())};
  } else {
    raw_ = std::move(found.raw);
    record.raw = raw_;
  }
  begin_at(found.next);
}

}  // namespace sluice::file
