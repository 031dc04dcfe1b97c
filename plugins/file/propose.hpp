// SPDX-License-Identifier: Apache-2.0
// What the columns of a file may be, from its first records: for those who begin a job (SLUICE_META_PROPOSED).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read_settings.hpp"

namespace sluice::file {

// One value of a sample, as a text without quotes.
struct SampleValue {
  std::string_view text;
  bool is_null = false;
  bool is_text = false;    // a JSON string: it is no number whatever stands in it
  bool is_nested = false;  // a JSON object or array
};

// Narrows the types of one column down, value by value. A type that would change one of them is none: 007 is no number,
// 0.1234567890123456 no double.
class TypeGuess {
 public:
  void see(const SampleValue& value);
  // What is left when both have seen theirs.
  TypeGuess joined(const TypeGuess& other) const;

  // As members of a column: "type": "date", "format": "yyyy-MM-dd". A string where nothing else fits every value.
  std::string json() const;
  // It has seen a value that is nothing but a text.
  bool is_words() const { return has_value_ && possible_ == 0; }

 private:
  unsigned possible_ = 0x1FF;  // bits of the candidates
  bool has_value_ = false;
  int scale_ = -1;        // of the last number; -1: there was none
  int whole_digits_ = 0;  // the most before a point
};

struct Proposal {
  std::vector<std::string> columns;  // JSON, one element of the parameter `column` each
  bool has_header = false;           // the first record, which the job takes for data, looks like a header
};

// `columns` are those of ["*"] (find_columns). Looks into the first file that holds anything.
Proposal propose(const ReadSettings& settings, const std::vector<Column>& columns,
                 const std::vector<std::string>& files);

}  // namespace sluice::file
