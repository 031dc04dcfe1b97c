// SPDX-License-Identifier: Apache-2.0
#include "mysql/one_by_one.hpp"

#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mysql/insert_rows.hpp"
#include "mysql/insert_sql.hpp"
#include "mysql/sort_out.hpp"

namespace sluice::mysql {

namespace {

using Numbers = std::vector<int64_t>;  // of records, in the order in which they are tried
using Complaints = std::map<int64_t, Complaint>;

constexpr unsigned no_parent_there = 1452;
constexpr size_t packet_head = 16;
constexpr const char* savepoint = "SAVEPOINT sluice_trial";
constexpr const char* take_back = "ROLLBACK TO SAVEPOINT sluice_trial";

// What is sent for a record.
struct Trial {
  std::string before, after;
  size_t statements;
  size_t asked;  // the one whose answer is of interest
};

void append_text(std::string_view text, Buffer& out) { out.append(text.data(), text.size()); }

class OneByOne {
 public:
  OneByOne(Connection& connection, const Target& target, const Records& records, sql::RecordPiece& piece)
      : connection_(connection), target_(target), records_(records), piece_(piece), update_(on_duplicate(target)) {}

  int64_t write(const std::string& restart, Range range) {
    Numbers left(static_cast<size_t>(range.count));
    std::iota(left.begin(), left.end(), range.first);
    if (target_.table.is_transactional()) {
      try_all(restart, std::move(left));
    } else {
      if (!restart.empty()) connection_.execute(restart, "write");
      try_strictly(left);
    }
    return ignored_;
  }

 private:
  // A record may refer to one that came later: once more from the last to the first, as long as that helps.
  void try_all(std::string restart, Numbers left) {
    for (; !left.empty(); restart.clear()) {
      const size_t before = left.size();
      const Complaints orphans = target_.mode == WriteMode::replace ? try_replacing(restart, left)
                                                                    : settled(try_leniently(restart, std::move(left)));
      left.clear();
      for (auto orphan = orphans.rbegin(); orphan != orphans.rend(); ++orphan) left.push_back(orphan->first);
      if (left.size() < before) continue;
      for (const auto& [n, complaint] : orphans) settle(n, complaint);
      return;
    }
  }

  // Each statement writes its record as it is, or stops the packet.
  void try_strictly(const Numbers& numbers) {
    send(numbers, {insert_head(target_, false), "", 1, 0}, [](int64_t, const StoredResult&) {});
  }

  // Writes what can be written as it is. Answers the records that the server left out.
  Numbers try_leniently(const std::string& restart, Numbers numbers) {
    for (std::string first = restart;; first.clear()) {
      const Warned warned = insert_ignore(first, numbers);
      if (warned.changed.empty()) return warned.left_out;
      connection_.execute(take_back, "write");
      settle_changed(warned.changed);
      remove(numbers, united(warned.changed, warned.stopped));
    }
  }

  // There is no REPLACE IGNORE: what INSERT IGNORE warns of is looked at, the others replace. Answers the records that
  // may be accepted another time.
  Complaints try_replacing(const std::string& restart, Numbers numbers) {
    Warned warned = insert_ignore(restart, numbers);
    connection_.execute(take_back, "write");
    warned.changed.insert(warned.changed.end(), warned.left_out.begin(), warned.left_out.end());
    std::set<int64_t> bad = united(warned.changed, warned.stopped);
    Complaints orphans;
    for (const auto& [n, complaint] : complaints(warned.changed)) {
      if (!is_about_record(complaint.number, complaint.sqlstate))
        bad.erase(n);
      else if (complaint.number == no_parent_there)
        orphans[n] = complaint;
      else
        settle(n, complaint);
    }
    remove(numbers, bad);
    try_strictly(numbers);
    return orphans;
  }

  // What came of a savepoint and an INSERT IGNORE for each record.
  struct Warned {
    Numbers left_out, changed;  // not written, or written with a warning
    Numbers stopped;            // settled
  };

  Warned insert_ignore(const std::string& restart, const Numbers& numbers) {
    Warned warned;
    connection_.execute(restart + savepoint, "write");
    warned.stopped = send(numbers, {insert_ignore_head(), "", 1, 0}, [&](int64_t n, const StoredResult&) {
      if (mysql_warning_count(connection_.native()) == 0) return;
      (mysql_affected_rows(connection_.native()) == 0 ? warned.left_out : warned.changed).push_back(n);
    });
    return warned;
  }

  std::string insert_ignore_head() const {
    Target inserted = target_;
    if (target_.mode == WriteMode::replace) inserted.mode = WriteMode::insert;
    return insert_head(inserted, true);
  }

  static std::set<int64_t> united(const Numbers& some, const Numbers& others) {
    std::set<int64_t> all(some.begin(), some.end());
    all.insert(others.begin(), others.end());
    return all;
  }

  static void remove(Numbers& numbers, const std::set<int64_t>& gone) {
    std::erase_if(numbers, [&](int64_t n) { return gone.contains(n); });
  }

  // Written with a warning: as another value; or as it is, beside a trigger that has something to say.
  void settle_changed(const Numbers& numbers) {
    Numbers unchanged;
    for (const auto& [n, complaint] : complaints(numbers))
      if (is_about_record(complaint.number, complaint.sqlstate))
        settle(n, complaint);
      else
        unchanged.push_back(n);
    try_strictly(unchanged);
  }

  // Settles those that were left out. Answers the ones that may be accepted another time.
  Complaints settled(const Numbers& numbers) {
    Complaints all = complaints(numbers);
    std::erase_if(all, [&](const auto& entry) {
      if (entry.second.number == no_parent_there || entry.second.number == 0) return false;
      settle(entry.first, entry.second);
      return true;
    });
    return all;
  }

  // What the server says against each of them, tried alone. Nothing of it stays.
  Complaints complaints(const Numbers& numbers) {
    Complaints found;
    for (const int64_t n : numbers) found[n] = {0, "HY000", "the server leaves the record out and does not say why"};
    const Trial trial{std::string(savepoint) + "; " + insert_ignore_head(),
                      std::string("; SHOW WARNINGS; ") + take_back, 4, 2};
    const Numbers stopped = send(numbers, trial, [&](int64_t n, const StoredResult& warnings) {
      while (const MYSQL_ROW row = warnings ? mysql_fetch_row(warnings.get()) : nullptr) note(found[n], row);
    });
    for (const int64_t n : stopped) found.erase(n);
    return found;
  }

  // The last one about the record: what was made of a value comes before what that led to. Whose key is there already
  // replaces that.
  void note(Complaint& complaint, MYSQL_ROW warning) const {
    const auto number = static_cast<unsigned>(std::stoul(warning[1]));
    if (target_.mode == WriteMode::replace && is_conflict(number)) return;
    const std::string state(sqlstate_of_record(number));
    if (is_about_record(number, state) || complaint.number == 0) complaint = {number, state, warning[2]};
  }

  // Packet after packet, until all records were tried. `each(number, result)` with the answer to the statement that is
  // of interest. Records that stopped a packet are settled, and answered.
  template <class Each>
  Numbers send(const Numbers& numbers, const Trial& trial, Each each) {
    Numbers stopped;
    for (size_t first = 0; first < numbers.size();) {
      Buffer packet;
      const size_t end = fill(packet, numbers, first, trial);
      if (packet.size() + packet_head > target_.abilities.most_packet_bytes) {  // a single one
        settle(numbers[first], larger_than_packet);
        stopped.push_back(numbers[first++]);
        continue;
      }
      const size_t done = execute({packet.data(), packet.size()}, [&](size_t statement, const StoredResult& result) {
        if (statement % trial.statements == trial.asked) each(numbers[first + statement / trial.statements], result);
      });
      first += done / trial.statements;
      if (first == end) continue;
      const Complaint complaint = connection_.complaint();
      if (!is_about_record(complaint.number, complaint.sqlstate)) throw connection_.failure("write");
      settle(numbers[first], complaint);
      stopped.push_back(numbers[first++]);
    }
    return stopped;
  }

  // Answers the index behind the last one that found a place.
  size_t fill(Buffer& packet, const Numbers& numbers, size_t first, const Trial& trial) {
    size_t end = first;
    for (uint64_t bytes = 0; end < numbers.size(); ++end) {
      bytes += trial.before.size() + trial.after.size() + records_.bytes(numbers[end]);
      if (bytes > target_.abilities.packet_room() && end > first) break;
      append_text(end == first ? "" : "; ", packet);
      append_text(trial.before, packet);
      append_rows(records_, {numbers[end], 1}, false, packet);
      append_text(update_of(numbers[end]), packet);
      append_text(trial.after, packet);
    }
    return end;
  }

  std::string update_of(int64_t n) const {
    if (!target_.skips_nulls()) return update_;
    return on_duplicate(target_, [&](size_t column) { return records_.values(n)[column].is_null(records_.row(n)); });
  }

  // Answers how many of the statements were executed: all, or those before the one that failed.
  template <class Each>
  size_t execute(std::string_view sql, Each each) {
    MYSQL* const native = connection_.native();
    size_t done = 0;
    for (int more = mysql_real_query(native, sql.data(), sql.size()); more == 0;) {
      const StoredResult result(mysql_store_result(native));
      if (!result && mysql_field_count(native) != 0) break;
      each(done++, result);
      more = mysql_more_results(native) ? mysql_next_result(native) : -1;
    }
    return done;
  }

  void settle(int64_t n, const Complaint& complaint) {
    if (target_.mode == WriteMode::ignore && is_conflict(complaint.number))
      ++ignored_;
    else
      piece_.refuse(refusal_of(target_, records_.place(n), complaint));
  }

  Connection& connection_;
  const Target& target_;
  const Records& records_;
  sql::RecordPiece& piece_;
  const std::string update_;  // for a record of which nothing is skipped
  int64_t ignored_ = 0;
};

}  // namespace

int64_t write_one_by_one(Connection& connection, const Target& target, const std::string& restart,
                         const Records& records, Range range, sql::RecordPiece& piece) {
  return OneByOne(connection, target, records, piece).write(restart, range);
}

}  // namespace sluice::mysql
