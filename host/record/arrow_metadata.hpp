// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "record/schema.hpp"

namespace sluice::record {

// The bytes that Arrow's `metadata` points at: int32 count, then (int32 length, bytes) for each key and value, in the
// machine's byte order. Empty for no metadata.
std::string encode_metadata(const Metadata&);

// The way back; NULL gives nothing. What `metadata_problem` is content with can be read.
Metadata decode_metadata(const char*);

// What is wrong with it; empty when nothing is. The bytes carry no total length, so only counts and lengths beyond
// reason (1,024 pairs, 1 MiB) and texts that are not UTF-8 can be told.
std::string metadata_problem(const char*);

}  // namespace sluice::record
