// SPDX-License-Identifier: Apache-2.0
#include "mysql/snapshot.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace sluice::mysql {

namespace {

using std::chrono::steady_clock;

constexpr int tries = 3;
constexpr auto longest_lock = std::chrono::seconds(2);
constexpr std::string_view begin_snapshot = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
constexpr std::string_view doing = "open a snapshot";

// All at once: every lane is asked before the first answer is read.
void begin_everywhere(LaneConnections& lanes) {
  for (auto& lane : lanes)
    if (mysql_send_query(lane->native(), begin_snapshot.data(), begin_snapshot.size()) != 0) throw lane->failure(doing);
  for (auto& lane : lanes)
    if (mysql_read_query_result(lane->native()) != 0) throw lane->failure(doing);
}

void end_everywhere(LaneConnections& lanes) {
  for (auto& lane : lanes) lane->execute("ROLLBACK", doing);
}

void set_isolation(LaneConnections& lanes) {
  for (auto& lane : lanes) lane->execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", doing);
}

// Where the binary log was when the lane's transaction began, as the storage engine and the log agreed on it; "" from a
// server that does not say it (MySQL).
std::string place_in_log(Connection& lane) {
  std::string place;
  for (const Row& row : lane.rows("SHOW STATUS WHERE Variable_name IN ('binlog_snapshot_file',"
                                  " 'binlog_snapshot_position')"))
    if (row.size() == 2 && row[1] && !row[1]->empty()) place += (place.empty() ? "" : ":") + *row[1];
  return place.find(':') == std::string::npos ? "" : place;
}

bool all_are_at(LaneConnections& lanes, const std::string& place) {
  return std::all_of(lanes.begin() + 1, lanes.end(), [&](const auto& lane) { return place_in_log(*lane) == place; });
}

// MySQL numbers all transactions when it is told to.
bool numbers_transactions(Connection& lane) {
  return lane.rows("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('gtid_mode', 'log_bin') AND Value = 'ON'").size() ==
         2;
}

std::string done_transactions(Connection& lane) {
  return lane.value("SELECT CAST(@@GLOBAL.gtid_executed AS CHAR)").value_or("");
}

// A transaction is owned from before anybody sees what it did until it is done: asked in this order, none is missed.
bool nobody_committed_since(Connection& lane, const std::string& done) {
  const bool some_commit = !lane.value("SELECT CAST(@@GLOBAL.gtid_owned AS CHAR)").value_or("").empty();
  return !some_commit && done_transactions(lane) == done;
}

std::string joined_locks(const std::vector<std::string>& tables) {
  std::string locks;
  for (const auto& table : tables) locks += (locks.empty() ? "" : ", ") + table + " READ";
  return locks;
}

}  // namespace

Snapshot open_snapshot(LaneConnections& lanes) {
  set_isolation(lanes);
  if (lanes.size() == 1) {
    begin_everywhere(lanes);
    return {"connection " + std::to_string(mysql_thread_id(lanes[0]->native())), ""};
  }
  Connection& first = *lanes.front();
  const bool has_numbers = numbers_transactions(first);
  for (int i = 0; i < tries; ++i) {
    const std::string done = has_numbers ? done_transactions(first) : "";
    begin_everywhere(lanes);
    const std::string place = has_numbers ? "" : place_in_log(first);
    if (has_numbers && nobody_committed_since(first, done)) return {"transactions " + done, ""};
    if (!place.empty() && all_are_at(lanes, place)) return {place, ""};
    end_everywhere(lanes);
    if (!has_numbers && place.empty())
      return {"", "the server does not say where in its binary log a snapshot is (MySQL: with gtid_mode and log_bin)"};
  }
  return {"", "others committed while the lanes opened their snapshots, three times in a row", true};
}

Snapshot open_locked_snapshot(Connection& leader, LaneConnections& lanes, const std::vector<std::string>& tables) {
  set_isolation(lanes);
  leader.execute("SET SESSION lock_wait_timeout = 2", doing);
  if (!leader.try_execute("LOCK TABLES " + joined_locks(tables)))
    return {"", "the tables could not be locked: " + leader.complaint().message, true};
  const auto locked = steady_clock::now();
  begin_everywhere(lanes);
  const bool in_time = steady_clock::now() - locked <= longest_lock;
  leader.execute("UNLOCK TABLES", doing);
  if (in_time) return {"lock of connection " + std::to_string(mysql_thread_id(leader.native())), ""};
  end_everywhere(lanes);
  return {"", "the lanes took longer than 2 s to open their snapshots", true};
}

}  // namespace sluice::mysql
