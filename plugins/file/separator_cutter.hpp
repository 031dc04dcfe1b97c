// SPDX-License-Identifier: Apache-2.0
// Texts whose lines or fields are separated by something longer, or other, than a character and a line feed. No
// quotes. One thread.
#pragma once

#include <memory>
#include <string>

#include "record.hpp"
#include "window.hpp"

namespace sluice::file {

// Cuts at a line delimiter of any kind; a record is one field. `line` counts records.
class LineCutter : public Cutter {
 public:
  LineCutter(const Grammar& grammar, Window window, std::string delimiter)
      : grammar_(grammar), window_(std::move(window)), delimiter_(std::move(delimiter)) {}
  bool next(Record& record) override;

 private:
  bool next_line(Record& record);
  bool last_line(Record& record, bool too_long);
  void fill(Record& record, const char* end, Fault fault);

  const Grammar grammar_;
  Window window_;
  std::string delimiter_;
  std::uint64_t line_ = 1;
  std::size_t at_ = 0;  // where the next line begins in the window
};

// Splits the lines of another cutter at a delimiter of any length.
class SeparatorCutter : public Cutter {
 public:
  SeparatorCutter(std::unique_ptr<Cutter> lines, std::string delimiter)
      : lines_(std::move(lines)), delimiter_(std::move(delimiter)) {}
  bool next(Record& record) override;

 private:
  std::unique_ptr<Cutter> lines_;
  std::string delimiter_;
};

}  // namespace sluice::file
