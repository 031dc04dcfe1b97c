// SPDX-License-Identifier: Apache-2.0
// One record of a text as it stands: its bytes and where its fields are. Views into a window; valid until the next
// record is cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::file {

// What trimWhitespace takes away.
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

struct Span {
  const char* begin;
  const char* end;

  std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

enum class Fault {
  none,
  open_quote,  // a quoted field that does not end before the text, or the longest allowed record, does
  bad_quote,   // something stands between a closing quote and the next delimiter
  too_long     // no line end within the longest allowed record
};

struct Record {
  std::vector<Span> fields;  // a quoted one with its quotes
  std::string_view raw;      // without the line end; of a faulty one the first line, cut when it is too long
  std::uint64_t line = 0;    // of its first byte, from 1
  bool high_bytes = false;   // may hold bytes above 0x7F
  Fault fault = Fault::none;

  bool is_empty() const { return fault == Fault::none && fields.size() == 1 && fields[0].begin == fields[0].end; }
};

// Some records, one behind the other, without a fault and with `width` fields each.
struct RecordBlock {
  struct Line {
    std::string_view raw;
    std::uint64_t number;
    bool high_bytes;
  };
  std::size_t width = 0;
  std::vector<Span> fields;
  std::vector<Line> lines;

  const Span& field(std::size_t record, std::size_t index) const { return fields[record * width + index]; }
};

// How records and fields are told apart.
struct Grammar {
  char delimiter = ',';
  bool has_delimiter = true;  // without: a record is one field
  char quote = '"';
  bool has_quote = true;
  bool backslash = false;  // a backslash takes the meaning from the next character
  bool trim = false;       // blanks around fields are no part of them
  bool comments = false;
  char comment = '#';
  bool skip_empty = true;  // lines without a character are no records
  std::size_t longest = std::size_t{16} << 20;

  // Whether quotes pair up from the start of the text on, so that it can be cut anywhere by counting them.
  bool can_be_cut() const { return !backslash && !comments; }
};

// Cuts a text into records. One thread.
class Cutter {
 public:
  virtual ~Cutter() = default;
  // False at the end.
  virtual bool next(Record& record) = 0;
  // Up to `records` of the next records with about `bytes` bytes, as far as they are at hand and nothing about them is
  // unusual. None is no end: next() is to be asked then.
  virtual void next_block(RecordBlock& block, std::size_t records, std::uint64_t bytes) {
    (void)records, (void)bytes;
    block.lines.clear();
  }
};

}  // namespace sluice::file
