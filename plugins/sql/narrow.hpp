// SPDX-License-Identifier: Apache-2.0
// Finds the bad records of a piece that failed as a whole.
#pragma once

#include <cstdint>
#include <vector>

namespace sluice::sql {

// Writes the records [first, first + count), a piece that was tried and failed, in the largest pieces that succeed.
//
// `attempt(first, count)` writes a piece or leaves nothing of it behind (a savepoint, a statement); it answers whether
// it was written. `bad(row)` is called in row order for each record that fails alone, straight after its attempt, so
// that the store's message is at hand.
//
// One bad record of n costs about 2 log2(n / smallest) + smallest attempts; when every second one is bad, about
// n + 2 n / smallest: pieces of `smallest` or fewer are redone record by record.
template <class Attempt, class Bad>
void narrow(int64_t first, int64_t count, Attempt&& attempt, Bad&& bad, int64_t smallest = 8) {
  struct Part {
    int64_t at, size;
    bool failed;
  };
  std::vector<Part> left = {{first, count, true}};  // the next one is at the back
  while (!left.empty()) {
    const Part piece = left.back();
    left.pop_back();
    if (!piece.failed && attempt(piece.at, piece.size)) continue;
    if (piece.size <= smallest) {
      for (int64_t row = piece.at; row < piece.at + piece.size; ++row)
        if (!attempt(row, int64_t{1})) bad(row);
      continue;
    }
    const int64_t half = piece.size / 2;
    left.push_back({piece.at + half, piece.size - half, false});
    left.push_back({piece.at, half, false});
  }
}

}  // namespace sluice::sql
