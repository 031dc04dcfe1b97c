// SPDX-License-Identifier: Apache-2.0
#include "engine/explanation.hpp"

#include "engine/memory_use.hpp"

namespace sluice::engine {
plugin::Result<Explanation> explain(OpenJob& job) {
  const auto& setting = job.job->setting;
  auto splits = job.reader->plan(plan_wish(job));
  if (!splits) return splits.error();
  Explanation explanation;
  explanation.records = plugin::total(*splits, &plugin::Split::records);
  explanation.bytes = plugin::total(*splits, &plugin::Split::bytes);
  for (auto& split : *splits) {
    auto statements = job.reader->explain(split);
    if (!statements) return statements.error();
    explanation.splits.push_back({std::move(split), std::move(*statements)});
  }
  auto writing = job.writer->explain();
  if (!writing) return writing.error();
  explanation.writing = std::move(*writing);
  if (const std::string sql = job.create_table(); !sql.empty())
    explanation.writing.insert(explanation.writing.begin(), plugin::Statement{"prepare", "", sql});
  if (job.cast) explanation.columns = map_columns(job.arriving(), job.target.wanted, !setting.time_zone.empty());
  explanation.lanes = count_lanes(setting.concurrent, explanation.splits.size(), false);
  explanation.expected_memory = expected_memory(setting, explanation.lanes.lanes, explanation.bytes);
  Facts facts = job.services->facts();
  explanation.consistent = std::move(facts.consistent);
  explanation.notes = std::move(facts.notes);
  explanation.warnings = std::move(facts.warnings);
  return explanation;
}

}  // namespace sluice::engine
