// SPDX-License-Identifier: Apache-2.0
#include "mysql/sort_out.hpp"

#include "mysql/insert_rows.hpp"
#include "mysql/insert_sql.hpp"
#include "mysql/load_data.hpp"
#include "mysql/text_rows.hpp"

namespace sluice::mysql {

namespace {

constexpr const char* conflicts = "1022, 1062, 1169, 1586";
constexpr const char* missing_parent = "1452";

// Tries one record; what the server says against it is in sluice_bad afterwards.
std::string try_record(const Target& target) {
  std::string sql = "SET sluice_number = 0; " + insert_from_stage(target, "s.n = sluice_n") + "; ";
  sql += "IF sluice_number = 0 THEN DELETE FROM sluice_bad WHERE n = sluice_n; ";
  if (target.mode == WriteMode::ignore)
    sql += std::string("ELSEIF sluice_number IN (") + conflicts +
           ") THEN SET sluice_ignored = sluice_ignored + 1; DELETE FROM sluice_bad WHERE n = sluice_n; ";
  return sql + "ELSE REPLACE INTO sluice_bad VALUES (sluice_n, sluice_number, sluice_state, sluice_message); END IF; ";
}

// A chunk in one statement. Where nothing can be taken back, records come one by one from the start.
std::string try_chunk(const Target& target, const std::string& chunk) {
  if (!target.table.is_transactional()) return "SET sluice_number = 1; ";
  return "SET sluice_number = 0; " + insert_from_stage(target, "s.n >= sluice_low AND s.n < sluice_low + " + chunk) +
         "; ";
}

// What a record is not to blame for goes on as an error; it may have ended the transaction. Warnings may stand before
// the error (a text that is no JSON has one, and then fails its column's check).
std::string handler() {
  return "DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN"
         " GET DIAGNOSTICS sluice_conditions = NUMBER;"
         " GET DIAGNOSTICS CONDITION sluice_conditions sluice_number = MYSQL_ERRNO, sluice_state = RETURNED_SQLSTATE,"
         "  sluice_message = MESSAGE_TEXT;"
         " IF LEFT(sluice_state, 2) NOT IN ('22', '23', '45') AND sluice_number NOT IN (" +
         numbers_about_records() + ") THEN RESIGNAL; END IF; END; ";
}

// A record may refer to one that came later: once more from the last to the first, as long as that helps.
std::string try_again(const Target& target) {
  const std::string orphans = std::string(" FROM sluice_bad WHERE number = ") + missing_parent;
  return "REPEAT SET sluice_before = (SELECT COUNT(*)" + orphans + "); SET sluice_n = (SELECT MAX(n)" + orphans +
         "); WHILE sluice_n IS NOT NULL DO " + try_record(target) + "SET sluice_n = (SELECT MAX(n)" + orphans +
         " AND n < sluice_n); END WHILE; UNTIL sluice_before = (SELECT COUNT(*)" + orphans + ") END REPEAT; ";
}

std::string block(const Target& target) {
  const std::string chunk = "256";
  return "BEGIN NOT ATOMIC "
         "DECLARE sluice_low, sluice_n, sluice_end, sluice_ignored, sluice_before BIGINT DEFAULT 0; "
         "DECLARE sluice_number, sluice_conditions INT DEFAULT 0; DECLARE sluice_state CHAR(5); "
         "DECLARE sluice_message TEXT CHARACTER SET utf8mb4; " +
         handler() + "SELECT MIN(n), MAX(n) + 1 INTO sluice_low, sluice_end FROM " + stage_records +
         "; WHILE sluice_low < sluice_end DO " + try_chunk(target, chunk) +
         "IF sluice_number <> 0 THEN SET sluice_n = sluice_low; WHILE sluice_n < LEAST(sluice_low + " + chunk +
         ", sluice_end) DO " + try_record(target) + "SET sluice_n = sluice_n + 1; END WHILE; END IF; " +
         "SET sluice_low = sluice_low + " + chunk + "; END WHILE; " + try_again(target) +
         "INSERT INTO sluice_bad VALUES (-1, sluice_ignored, '', ''); "
         "SELECT n, number, state, message FROM sluice_bad ORDER BY n; END";
}

// "Data too long for column 'name' at row 1": the row is one of a statement that nobody knows.
std::string without_row(std::string message) {
  const size_t at = message.rfind(" at row ");
  if (at != std::string::npos && message.find_first_not_of("0123456789", at + 8) == std::string::npos)
    message.resize(at);
  return message;
}

// Column 'name', column `shop`.`orders`.`name`.
int32_t column_in(const std::string& message, const Target& target) {
  int32_t found = -1;
  for (size_t i = 0; i < target.columns.size(); ++i)
    for (const char quote : {'\'', '`'})
      if (message.find("olumn " + (quote + target.columns[i].name) + quote) != std::string::npos ||
          (quote == '`' && message.find(".`" + target.columns[i].name + '`') != std::string::npos))
        found = static_cast<int32_t>(i);
  return found;
}

void stage_rows(Connection& connection, const Target& target, std::string sql, const Records& records, Range range) {
  const uint64_t room = target.abilities.packet_room();
  const std::string head = std::string("INSERT INTO ") + stage_records + " ";
  for (int64_t n = range.first; n < range.first + range.count;) {
    const int64_t first = n;
    for (uint64_t bytes = sql.size(); n < range.first + range.count; ++n) {
      bytes += records.bytes(n);
      if (bytes > room && n > first) break;
    }
    Buffer packet;
    packet.append(sql.data(), sql.size());
    packet.append(head.data(), head.size());
    append_rows(records, {first, n - first}, true, packet);
    connection.execute({packet.data(), packet.size()}, "write");
    sql.clear();
  }
}

// The stage's columns hold whatever may arrive: a value was no such thing.
void throw_first_warning(Connection& connection) {
  for (const Row& row : select_rows(connection, "SHOW WARNINGS", "write"))
    throw bad_data("write: the temporary table takes a record in another form: " + row[2].value_or("") + " (" +
                   connection.settings().place() + ")");
}

bool is_denied(unsigned number) { return number == 1044 || number == 1142 || number == 1227 || number == 1290; }

}  // namespace

sql::Refusal refusal_of(const Target& target, sql::RecordPlace place, const Complaint& complaint) {
  return {.place = place,
          .column = column_in(complaint.message, target),
          .code = std::string(code_of_record(complaint.number, complaint.sqlstate)),
          .message = without_row(complaint.message),
          .sqlstate = complaint.sqlstate};
}

bool is_conflict(unsigned number) { return number == 1022 || number == 1062 || number == 1169 || number == 1586; }

bool stage(Connection& connection, const Target& target, const std::string& restart, const Records& records,
           Range range) {
  const std::string sql = restart + create_stage(target);
  if (!target.abilities.loads_local_data) {
    if (!connection.try_execute(sql)) {
      if (is_denied(connection.complaint().number)) return false;
      throw connection.failure("write");
    }
    stage_rows(connection, target, "", records, range);
    return true;
  }
  if (load_data(connection, sql + load_stage_sql(), records, range, true)) {
    if (mysql_warning_count(connection.native()) > 0) throw_first_warning(connection);
    return true;
  }
  if (is_denied(connection.complaint().number)) return false;
  throw connection.failure("write");
}

int64_t sort_out(Connection& connection, const Target& target, const Records& records, sql::RecordPiece& piece) {
  int64_t ignored = 0;
  for (const Row& row : select_rows(connection, block(target), "write")) {
    const int64_t n = std::stoll(row[0].value_or("0"));
    const std::string number = row[1].value_or("0");
    if (n < 0)
      ignored = std::stoll(number);
    else
      piece.refuse(refusal_of(target, records.place(n),
                              {static_cast<unsigned>(std::stoul(number)), row[2].value_or(""), row[3].value_or("")}));
  }
  return ignored;
}

}  // namespace sluice::mysql
