// SPDX-License-Identifier: Apache-2.0
#include "cli/backfill_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "cli/quantity_text.hpp"
#include "cli/table_text.hpp"
#include "engine/journal.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;

Row row_of(const BackfillRun& run) {
  Row row{run.date, run.id, run.status(), "", "", "", "", run.failure()};
  if (!run.summary) return row;
  const engine::Counters counters = engine::counters_from_json(*run.summary);
  row[3] = count_text(counters.read);
  row[4] = count_text(counters.written);
  row[5] = count_text(counters.dirty);
  if (!run.is_old) row[6] = duration_text(run.summary->at("elapsed_seconds").to_number<double>());
  return row;
}

json::object backfill_run_json(const BackfillRun& run) {
  const std::string error = run.failure();
  return {{"date", run.date},
          {"run", run.id},
          {"status", run.status()},
          {"exit_code", run.exit_code ? json::value(*run.exit_code) : json::value(nullptr)},
          {"error", error.empty() ? json::value(nullptr) : json::value(error)},
          {"summary", run.summary ? json::value(*run.summary) : json::value(nullptr)}};
}

}  // namespace

std::string backfill_text(const std::vector<BackfillRun>& runs, const Device& device) {
  std::vector<Row> rows{{"Date", "Run", "Status", "Read", "Written", "Dirty", "Elapsed", "Error"}};
  std::map<std::string, std::size_t> counts;
  for (const BackfillRun& run : runs) {
    rows.push_back(row_of(run));
    ++counts[run.status()];
  }
  std::string line;
  for (const auto& [status, count] : counts)
    line.append(line.empty() ? "" : ", ").append(count_text(count)).append(" ").append(status);
  return table_text(rows, device.terminal ? device.width : 0) + '\n' + count_text(runs.size(), "date") + ": " + line +
         '\n';
}

std::string backfill_json(const std::string& job, const std::vector<BackfillRun>& runs, int exit_code) {
  json::array array;
  for (const BackfillRun& run : runs) array.push_back(backfill_run_json(run));
  return json::serialize(json::object{
             {"job", job}, {"ok", exit_code == engine::exit_code::done}, {"exit_code", exit_code}, {"runs", array}}) +
         '\n';
}

}  // namespace sluice::cli
