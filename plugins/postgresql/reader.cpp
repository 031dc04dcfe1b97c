// SPDX-License-Identifier: Apache-2.0
#include "postgresql/reader.hpp"

#include <algorithm>

#include "postgresql/dialect.hpp"
#include "postgresql/ping.hpp"
#include "postgresql/read_task.hpp"
#include "postgresql/slots.hpp"
#include "postgresql/split_plan.hpp"
#include "sql/check.hpp"
#include "sql/connect_all.hpp"
#include "sql/consistency.hpp"
#include "sql/part_split.hpp"

namespace sluice::postgresql {

void PostgresReader::check(const Context& context) { sql::report(context, sql::check_server_reader(context, dialect)); }

void PostgresReader::ping(const Context& context, const TextSink& sink) {
  for (const auto& settings : sql::read_sources<Settings>(context)) ping_server(settings, sink);
}

PostgresReader::PostgresReader(Context context)
    : context_(context), connections_(sql::connect_all<Connection>(context, sql::read_sources<Settings>(context))) {
  sql::Problems problems;
  selection_ = std::make_shared<const Selection>(select(context, connections_, problems));
  if (sql::is_required(sql::consistency_of(context)) && !sql::are_one(connections_))
    problems.push_back({"consistent", "no snapshot spans several databases", "set consistent to auto or false"});
  check_slots(*connections_[0], context.lanes() + 1, problems);
  sql::report_or_throw(context, problems);
  snapshots_.resize(connections_.size());
}

void PostgresReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  if (sql::consistency_of(context_) != sql::Consistency::none) export_snapshots();
  const auto limits = sql::split_limits(context_, request);
  for (size_t i = 0; i < selection_->parts.size(); ++i) {
    const Selected& part = selection_->parts[i];
    const auto splits = plan_splits(*connections_[part.source], part, limits);
    if (splits.size() == 1 && part.key.empty() && splits[0].bytes > limits.bytes)
      context_.warning("a large table without a key that splits it is read in one piece: " + part.label);
    sql::add_splits(sink, i, splits, snapshots_[part.source], part.table.has_value());
  }
}

void PostgresReader::export_snapshots() {
  for (size_t i = 0; i < connections_.size(); ++i) {
    const auto same = std::find(connections_.begin(), connections_.end(), connections_[i]);
    const auto leader = static_cast<size_t>(same - connections_.begin());
    if (leader != i) {
      snapshots_[i] = snapshots_[leader];
      continue;
    }
    try {
      if (connections_[i]->is_in_transaction()) connections_[i]->execute("ROLLBACK", "export a snapshot");
      snapshots_[i] = export_snapshot(*connections_[i]);
    } catch (const Error& e) {
      if (sql::is_required(sql::consistency_of(context_)) || !connections_[i]->is_alive()) throw;
      connections_[i]->execute("ROLLBACK", "export a snapshot");
      context_.warning(std::string("the tables are not read as of one moment: ") + e.what());
    }
  }
  const bool all = std::none_of(snapshots_.begin(), snapshots_.end(), [](const auto& token) { return token.empty(); });
  context_.note("consistent", all && sql::are_one(connections_) ? "yes" : "no");
}

void PostgresReader::explain(const Split* split, const TextSink& sink) const {
  const auto payload = sql::decode_split(*split, selection_->parts.size());
  sink.emit("read", split->key, copy_statement(selection_->parts[payload.part].statement(payload.condition)));
}

std::unique_ptr<ReadTask> PostgresReader::read(Context task, const Split& split) {
  const auto payload = sql::decode_split(split, selection_->parts.size());
  const Selected& part = selection_->parts[payload.part];
  return std::make_unique<PostgresReadTask>(
      task, selection_, lanes_, [this, task, &part, payload] { return lane_for(task, part.source, payload.snapshot); },
      part.statement(payload.condition), split.label);
}

Lane PostgresReader::lane_for(Context task, size_t source, const std::string& snapshot) {
  Lane lane = lanes_->take(source, snapshot);
  if (lane.connection) return lane;
  lane.connection = std::make_unique<Connection>(selection_->sources[source]);
  widen_input(*lane.connection);
  if (snapshot.empty() || import_snapshot(*lane.connection, snapshot)) return lane;
  if (sql::is_required(sql::consistency_of(context_)))
    throw conflict("the snapshot is lost, and consistent is true: the connection that held it has ended (" +
                   selection_->sources[source].place() + ")");
  task.warning("the snapshot is lost: what follows is read as of now (" + selection_->sources[source].place() + ")");
  context_.note("consistent", "lost");
  return lane;
}

void PostgresReader::cancel() noexcept {
  for (const auto& connection : connections_) connection->cancel();
}

}  // namespace sluice::postgresql
