// SPDX-License-Identifier: Apache-2.0
#include "engine/letter_records.hpp"

#include <boost/json/array.hpp>
#include <vector>

#include "record/value.hpp"

namespace sluice::engine {
namespace {

constexpr std::size_t most_bytes = 1 << 20;  // of lines in one batch

}  // namespace

std::string LetterRecords::step_of(const DeadLetter& letter) {
  return letter.record() == nullptr ? std::string() : letter.at("step");
}

boost::system::result<std::optional<record::Batch>, std::string> LetterRecords::next(std::size_t records) {
  std::vector<boost::json::array> rows;
  for (std::size_t bytes = 0; rows.size() < records && bytes < most_bytes;) {
    const auto letter = letters_.next();
    if (!letter) break;
    if (step_of(*letter) != step_) continue;
    bytes += letter->text.size();
    auto& row = rows.emplace_back();
    for (const auto& [name, value] : *letter->record()) row.push_back(value);
  }
  if (rows.empty()) return std::optional<record::Batch>();
  auto batch = record::batch_from_json(schema_, rows);
  if (!batch) return batch.error();
  return std::optional<record::Batch>(std::move(*batch));
}

}  // namespace sluice::engine
