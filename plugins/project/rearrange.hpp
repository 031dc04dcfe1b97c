// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/batch_view.hpp>

#include <vector>

namespace sluice::project {

// A batch with the input's columns at the given positions, in that order. Nothing is copied: the result keeps the
// input, with the columns that are not wanted, until it is released.
Batch rearrange(Batch batch, const std::vector<size_t>& sources);

}  // namespace sluice::project
