// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "record/batch.hpp"
#include "record/column.hpp"
#include "record/schema.hpp"

namespace sluice::record {

// The 128-bit hash (XXH3) of a record, or of some of its columns. A plain value.
struct RecordHash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend auto operator<=>(const RecordHash&, const RecordHash&) = default;
};

// Of every record by these columns, in this order; all are of one length. `out` is replaced.
void hash_records(std::span<const ColumnView> columns, std::int64_t rows, std::vector<RecordHash>& out);

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
