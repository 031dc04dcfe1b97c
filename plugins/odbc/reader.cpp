// SPDX-License-Identifier: Apache-2.0
#include "odbc/reader.hpp"

#include <algorithm>

#include "odbc/ping.hpp"
#include "odbc/read_task.hpp"
#include "sql/check.hpp"
#include "sql/split_payload.hpp"

namespace sluice::odbc {

namespace {

// What a split's payload says: the source and its condition.
struct Payload {
  size_t source;
  std::string condition;
};

Payload decode(const Split& split, size_t sources) {
  const auto fields = sql::decode_payload(split.payload);
  if (fields.size() != 2 || !fields[0] || !fields[1]) throw invalid("not a split of the ODBC reader: " + split.key);
  const size_t source = std::stoul(*fields[0]);
  if (source >= sources) throw invalid("the split belongs to another job: " + split.key);
  return {source, *fields[1]};
}

}  // namespace

void OdbcReader::check(const Context& context) {
  sql::Problems problems = sql::check_reader(context, any_dialect);
  check_settings(context, problems);
  sql::report(context, problems);
}

void OdbcReader::ping(const Context& context, const TextSink& sink) { ping_source(Settings::read(context), sink); }

OdbcReader::OdbcReader(Context context) : context_(context), connection_(Settings::read(context)) {
  sql::Problems problems;
  selection_ = std::make_shared<const Selection>(select(context_, connection_, problems));
  sql::report_or_throw(context_, problems);
  if (selection_->sources.empty()) throw invalid("nothing to read: neither table nor querySql is set");
}

void OdbcReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  const auto factor = context_.integer("splitFactor", 5);
  const SplitLimits limits{.records = std::max<int64_t>(1, static_cast<int64_t>(request.target_records)),
                           .at_least = request.lanes > 1 ? factor * request.lanes : 1};
  size_t all = 0;
  for (size_t i = 0; i < selection_->sources.size(); ++i) {
    const Source& source = selection_->sources[i];
    const auto splits = plan_splits(connection_, source.table, limits);
    all += splits.size();
    for (size_t k = 0; k < splits.size(); ++k)
      sink.add({.key = std::to_string(i) + "." + std::to_string(k),
                .payload = sql::encode_payload({std::to_string(i), splits[k].condition}),
                .label = splits[k].label,
                .stable = source.is_stable,
                .records = splits[k].records});
  }
  // Each split is a statement of its own, on any connection.
  if ((request.flags & SLUICE_WANT_CONSISTENT) != 0) context_.note("consistent", all == 1 ? "yes" : "no");
}

void OdbcReader::explain(const Split* split, const TextSink& sink) const {
  if (split == nullptr) return;
  const Payload payload = decode(*split, selection_->sources.size());
  sink.emit("read", split->key, selection_->sources[payload.source].statement(payload.condition));
}

std::unique_ptr<ReadTask> OdbcReader::read(Context task, const Split& split) {
  const Payload payload = decode(split, selection_->sources.size());
  auto connection = lanes_->take();
  if (!connection) connection = std::make_unique<Connection>(connection_.settings());
  return std::make_unique<OdbcReadTask>(task, selection_, lanes_, std::move(connection),
                                        selection_->sources[payload.source].statement(payload.condition), split.label,
                                        context_.integer("fetchSize", 0));
}

}  // namespace sluice::odbc
