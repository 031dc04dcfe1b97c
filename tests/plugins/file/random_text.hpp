// SPDX-License-Identifier: Apache-2.0
// Random delimited texts, mostly wrong ones, and a source that hands them out in random pieces.
#pragma once

#include <algorithm>
#include <iostream>
#include <random>
#include <string>

#include "byte_source.hpp"

namespace sluice::file::tests {

// Prints its seed when a test fails; SLUICE_SEED repeats it.
inline std::uint64_t chosen_seed() {
  const char* given = std::getenv("SLUICE_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device()();
  return seed;
}

using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

// Pieces of csv in any order: what a file may hold, right or wrong.
inline std::string random_text(Random& random, std::size_t longest) {
  static const std::string pieces[] = {"\"",   "\"", "\"\"", ",",   ",",    "\n", "\n",  "\r\n",
                                       "\r",   "a",  "bc",   " ",   "\\",   "#",  "1.5", "\xC3\xA9",
                                       "\xFF", "\t", "\n\"", "\",", "\"\n", ",\""};
  std::string text;
  const std::size_t size = below(random, longest + 1);
  // Some texts are rich in quotes, some poor.
  const std::size_t from = below(random, 2) == 0 ? 0 : 3;
  while (text.size() < size) {
    if (below(random, 12) == 0)
      text.append(below(random, 90), 'x');
    else
      text += pieces[from + below(random, std::size(pieces) - from)];
  }
  return text;
}

// A text from `begin` on; like FileSource it pauses at `soft_end`.
class PieceSource : public ByteSource {
 public:
  PieceSource(const std::string& text, std::size_t begin, std::size_t soft_end, Random& random)
      : text_(text), at_(begin), soft_end_(soft_end), random_(random()) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t end = at_ < soft_end_ ? std::min(soft_end_, text_.size()) : text_.size();
    const std::size_t most = std::min(size, end - at_);
    if (most == 0) return 0;
    const std::size_t some = 1 + below(random_, most);
    std::copy_n(text_.data() + at_, some, to);
    at_ += some;
    return some;
  }

 private:
  const std::string& text_;
  std::size_t at_, soft_end_;
  Random random_;
};

}  // namespace sluice::file::tests
