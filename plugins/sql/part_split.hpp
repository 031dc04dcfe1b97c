// SPDX-License-Identifier: Apache-2.0
// What the payload of a server's split says.
#pragma once

#include <string>

#include "sluice/plugin.hpp"

namespace sluice::sql {

struct PartSplit {
  size_t part = 0;        // index of the table or query
  std::string condition;  // SQL; "" for all of it
  std::string snapshot;   // token of the snapshot that it is to be read from; "" for none
};

std::string encode_split(const PartSplit& split);

// Throws SLUICE_INVALID when it is none of a job with so many parts.
PartSplit decode_split(const Split& split, size_t parts);

}  // namespace sluice::sql
