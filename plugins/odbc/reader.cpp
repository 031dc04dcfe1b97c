// SPDX-License-Identifier: Apache-2.0
#include "odbc/reader.hpp"

#include "odbc/ping.hpp"
#include "odbc/read_task.hpp"
#include "odbc/split_plan.hpp"
#include "sql/check.hpp"
#include "sql/part_split.hpp"

namespace sluice::odbc {

void OdbcReader::check(const Context& context) {
  sql::Problems problems = sql::check_reader(context, any_dialect);
  check_settings(context, problems);
  sql::report(context, problems);
}

void OdbcReader::ping(const Context& context, const TextSink& sink) { ping_source(Settings::read(context), sink); }

OdbcReader::OdbcReader(Context context) : context_(context), connection_(Settings::read(context).without_creating()) {
  sql::Problems problems;
  selection_ = std::make_shared<const Selection>(select(context_, connection_, problems));
  sql::report_or_throw(context_, problems);
  if (selection_->sources.empty()) throw invalid("nothing to read: neither table nor querySql is set");
}

void OdbcReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  const auto limits = sql::split_limits(context_, request);
  size_t all = 0;
  for (size_t i = 0; i < selection_->sources.size(); ++i) {
    const Source& source = selection_->sources[i];
    const auto splits = plan_splits(connection_, source, source.split, limits);
    if (splits.size() == 1 && splits[0].records > limits.records)
      context_.warning("a large table without a key that splits it is read in one piece: " + splits[0].label);
    all += splits.size();
    sql::add_splits(sink, i, splits, "", source.is_stable);
  }
  // Each split is a statement of its own, on any connection.
  if ((request.flags & SLUICE_WANT_CONSISTENT) != 0) context_.note("consistent", all == 1 ? "yes" : "no");
}

void OdbcReader::explain(const Split* split, const TextSink& sink) const {
  if (split == nullptr) return;
  const auto payload = sql::decode_split(*split, selection_->sources.size());
  sink.emit("read", split->key, selection_->sources[payload.part].statement(payload.condition));
}

std::unique_ptr<ReadTask> OdbcReader::read(Context task, const Split& split) {
  const auto payload = sql::decode_split(split, selection_->sources.size());
  return std::make_unique<OdbcReadTask>(
      task, selection_, lanes_, [this] { return take_lane(); },
      selection_->sources[payload.part].statement(payload.condition), split.label, context_.integer("fetchSize", 0));
}

Lane OdbcReader::take_lane() {
  Lane lane = lanes_->take(0, "");
  if (!lane.connection) lane.connection = std::make_unique<Connection>(connection_.settings());
  return lane;
}

}  // namespace sluice::odbc
