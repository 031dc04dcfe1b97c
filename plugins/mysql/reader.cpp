// SPDX-License-Identifier: Apache-2.0
#include "mysql/reader.hpp"

#include <algorithm>

#include "mysql/dialect.hpp"
#include "mysql/ping.hpp"
#include "mysql/read_task.hpp"
#include "mysql/slots.hpp"
#include "mysql/split_plan.hpp"
#include "sql/check.hpp"
#include "sql/connect_all.hpp"
#include "sql/consistency.hpp"
#include "sql/part_split.hpp"

namespace sluice::mysql {

void MysqlReader::check(const Context& context) { sql::report(context, sql::check_server_reader(context, dialect)); }

void MysqlReader::ping(const Context& context, const TextSink& sink) {
  for (const auto& settings : sql::read_sources<Settings>(context)) ping_server(settings, sink);
}

MysqlReader::MysqlReader(Context context)
    : context_(context), connections_(sql::connect_all<Connection>(context, sql::read_sources<Settings>(context))) {
  sql::Problems problems;
  selection_ = std::make_shared<const Selection>(select(context, connections_, problems));
  if (sql::is_required(sql::consistency_of(context)) && !sql::are_one(connections_))
    problems.push_back({"consistent", "no snapshot spans several databases", "set consistent to auto or false"});
  check_slots(*connections_[0], context.lanes() + 1, problems);
  sql::report_or_throw(context, problems);
}

void MysqlReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  const auto limits = sql::split_limits(context_, request);
  std::vector<std::vector<sql::PlannedSplit>> plans;
  size_t count = 0;
  for (const Selected& part : selection_->parts) {
    const auto& splits = plans.emplace_back(plan_splits(*connections_[part.source], part, limits));
    if (splits.size() == 1 && splits[0].bytes > limits.bytes)
      context_.warning("a large table without a key that splits it is read in one piece: " + part.label);
    count += splits.size();
  }
  const std::string snapshot = snapshot_for(request, count);
  for (size_t i = 0; i < plans.size(); ++i)
    sql::add_splits(sink, i, plans[i], snapshot, selection_->parts[i].table.has_value());
}

// Why none can be had; "" when nothing speaks against one.
std::string MysqlReader::reason_against_snapshot(const SluicePlanRequest& request) const {
  if (!sql::are_one(connections_)) return "there are several servers";
  if ((request.flags & SLUICE_SAME_PROCESS) == 0) return "the splits are read by several processes";
  for (const auto& part : selection_->parts)
    if (part.table && !part.table->is_view && !part.table->is_transactional())
      return "a table of the engine " + part.table->engine + " has none: " + part.label;
  return "";
}

Snapshot MysqlReader::try_snapshot(size_t lanes) {
  LaneConnections connections;
  for (size_t i = 0; i < lanes; ++i) connections.push_back(std::make_unique<Connection>(selection_->sources[0]));
  std::vector<std::string> tables;
  for (const auto& part : selection_->parts)
    if (part.table) tables.push_back(part.table->quoted);
  const bool by_lock = sql::consistency_of(context_) == sql::Consistency::locked && !tables.empty();
  const Snapshot snapshot =
      by_lock ? open_locked_snapshot(*connections_[0], connections, tables) : open_snapshot(connections);
  for (auto& connection : connections) lanes_->give({std::move(connection), 0, snapshot.token});
  return snapshot;
}

std::string MysqlReader::snapshot_for(const SluicePlanRequest& request, size_t splits) {
  const auto wish = sql::consistency_of(context_);
  if (wish == sql::Consistency::none) return "";
  Snapshot snapshot{"", reason_against_snapshot(request)};
  if (snapshot.why_none.empty())
    snapshot = try_snapshot(std::clamp<size_t>(splits, 1, std::max<size_t>(1, request.lanes)));
  const std::string& reason = snapshot.why_none;
  if (!reason.empty() && sql::is_required(wish))
    throw conflict("no snapshot, and consistent is set: " + reason + " (" + selection_->sources[0].place() + ")")
        .retryable(snapshot.may_come);
  if (!reason.empty()) context_.warning("the tables are not read as of one moment: " + reason);
  context_.note("consistent", reason.empty() ? "yes" : "no");
  return snapshot.token;
}

void MysqlReader::explain(const Split* split, const TextSink& sink) const {
  const auto payload = sql::decode_split(*split, selection_->parts.size());
  sink.emit("read", split->key, selection_->parts[payload.part].statement(payload.condition));
}

std::unique_ptr<ReadTask> MysqlReader::read(Context task, const Split& split) {
  const auto payload = sql::decode_split(split, selection_->parts.size());
  const Selected& part = selection_->parts[payload.part];
  return std::make_unique<MysqlReadTask>(
      task, selection_, lanes_, [this, task, &part, payload] { return lane_for(task, part.source, payload.snapshot); },
      part.statement(payload.condition), split.label);
}

Lane MysqlReader::lane_for(Context task, size_t source, const std::string& snapshot) {
  Lane lane = lanes_->take(source, snapshot);
  if (lane.connection) return lane;
  if (!snapshot.empty()) {
    const std::string& place = selection_->sources[source].place();
    if (sql::is_required(sql::consistency_of(context_)))
      throw conflict("the snapshot is lost, and consistent is set: the connections that had it have ended (" + place +
                     ")");
    task.warning("the snapshot is lost: what follows is read as of now (" + place + ")");
    context_.note("consistent", "lost");
    lane.snapshot = "";
  }
  lane.connection = std::make_unique<Connection>(selection_->sources[source]);
  return lane;
}

void MysqlReader::cancel() noexcept {
  for (const auto& connection : connections_) connection->cancel();
}

}  // namespace sluice::mysql
