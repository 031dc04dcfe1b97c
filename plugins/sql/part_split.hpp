// SPDX-License-Identifier: Apache-2.0
// What the payload of a server's split says.
#pragma once

#include <string>
#include <vector>

#include "sluice/plugin.hpp"
#include "sql/split_size.hpp"

namespace sluice::sql {

struct PartSplit {
  size_t part = 0;        // index of the table or query
  std::string condition;  // SQL; "" for all of it
  std::string snapshot;   // token of the snapshot that it is to be read from; "" for none
};

std::string encode_split(const PartSplit& split);

// Hands the splits of a part to the host, their keys "part.0", "part.1" ... `is_stable`: what is read twice is the
// same.
void add_splits(const SplitSink& sink, size_t part, const std::vector<PlannedSplit>& splits,
                const std::string& snapshot, bool is_stable);

// Throws SLUICE_INVALID when it is none of a job with so many parts.
PartSplit decode_split(const Split& split, size_t parts);

}  // namespace sluice::sql
