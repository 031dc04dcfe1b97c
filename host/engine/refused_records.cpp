// SPDX-License-Identifier: Apache-2.0
#include "engine/refused_records.hpp"

#include <algorithm>

#include "engine/letter_records.hpp"
#include "record/cast.hpp"

namespace sluice::engine {
namespace {

constexpr std::size_t most = 1'000'000;
constexpr std::size_t at_a_time = 1000;

}  // namespace

std::vector<KeyedRecord> records_refused_by(const std::string& writer, const StoredPlan& plan,
                                            const std::filesystem::path& run_directory, RecordView view,
                                            const record::CastOptions& options) {
  std::vector<KeyedRecord> refused;
  const StageSchema* stage = plan.stage(writer);
  if (stage == nullptr) return refused;
  LetterRecords letters(DeadLetters(run_directory), *stage);
  const auto cast = record::Cast::plan(letters.schema(), view.schema, options);
  if (!cast) return refused;
  while (refused.size() < most) {
    auto batch = letters.next(at_a_time);
    if (!batch || !*batch) break;
    // What the cast refuses was refused by it before: it is counted among the source's dirty records.
    const auto arrived = cast->apply(record::share(std::move(**batch)), [](const record::BadRecord&) {});
    for (const KeyedRecord& record : view.of(*arrived.batch)) refused.push_back(record);
  }
  std::sort(refused.begin(), refused.end());
  return refused;
}

}  // namespace sluice::engine
