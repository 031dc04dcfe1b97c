// SPDX-License-Identifier: Apache-2.0
// Where a reader cuts what it reads into splits. [any-thread]
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace sluice {

// The shares of the whole that lie before each cut into about `count` splits, ascending, without 0 and 1: evenly, but
// for several lanes the last splits are halves and quarters of the others, so that no lane has a whole one to do when
// the others have nothing any more. Not where splits are few: the largest shall stay within twice the median.
inline std::vector<double> split_shares(int64_t count, int64_t lanes) {
  const bool tapers = lanes > 1 && count >= 3 * lanes;
  // In quarters of a split. What the small ones take is taken from the others, whole ones of them.
  std::vector<int64_t> sizes(static_cast<size_t>(tapers ? count - lanes * 3 / 4 : count), 4);
  if (tapers) {
    sizes.insert(sizes.end(), static_cast<size_t>(lanes), 2);
    sizes.insert(sizes.end(), static_cast<size_t>(lanes), 1);
  }
  const auto total = static_cast<double>(std::accumulate(sizes.begin(), sizes.end(), int64_t{0}));
  std::vector<double> shares;
  int64_t before = 0;
  for (size_t i = 0; i + 1 < sizes.size(); ++i) shares.push_back(static_cast<double>(before += sizes[i]) / total);
  return shares;
}

}  // namespace sluice
