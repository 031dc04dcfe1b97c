// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::record {

// A checksum of records in any order and any cut into batches: the sum of a 128-bit hash (XXH3) of each record, and
// their number. Two tables are equal in content when their checksums are (up to chance). Types count by kind and
// value: int32 7 and int64 7 hash alike, so do 1.50 as decimal(3,2) and decimal(10,4). A plain value.
struct Checksum {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::uint64_t records = 0;

  void add(const Checksum&);
  void add(const Batch&, const Schema&);
  std::string text() const;  // 32 hexadecimal digits

  friend bool operator==(const Checksum&, const Checksum&) = default;
};

}  // namespace sluice::record
