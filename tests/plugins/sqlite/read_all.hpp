// SPDX-License-Identifier: Apache-2.0
// Runs a whole reader: plan, then every split, as the host does.
#pragma once

#include <string>
#include <vector>

#include "fake_context.hpp"
#include "sqlite/reader.hpp"

namespace sluice::tests {

struct ReadResult {
  Schema schema;
  std::vector<Split> splits;
  std::vector<std::string> rows;  // values joined by "|", "NULL" for NULL
};

struct ReadRequest {
  uint32_t lanes = 1;
  uint64_t records = 200'000;
  uint64_t bytes = 64 << 20;
  bool consistent = false;
};

std::vector<Split> plan_of(Reader& reader, const ReadRequest& request = {});
ReadResult read_all(FakeContext& context, const ReadRequest& request = {});

// One value as text.
std::string text_of(const ColumnView& view, int64_t row);

}  // namespace sluice::tests
