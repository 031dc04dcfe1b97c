// SPDX-License-Identifier: Apache-2.0
#include "mysql/failure.hpp"

#include "sql/mysql_numbers.hpp"

namespace sluice::mysql {

Meaning meaning_of(unsigned number, std::string_view sqlstate) {
  if (const auto meaning = sql::mysql_meaning(number)) return *meaning;
  if (sqlstate.starts_with("08")) return {SLUICE_UNREACHABLE, true};
  if (sqlstate.starts_with("40")) return {SLUICE_CONFLICT, true};
  if (sqlstate.starts_with("28")) return {SLUICE_DENIED, false};
  if (is_about_record(number, sqlstate)) return {SLUICE_BAD_DATA, false};
  if (sqlstate.starts_with("0A")) return {SLUICE_UNSUPPORTED, false};
  return {SLUICE_INVALID, false};
}

bool is_lost(unsigned number) {
  for (const unsigned one : {1053u, 1077u, 1079u, 1158u, 1159u, 1160u, 1161u, 1927u, 2006u, 2012u, 2013u, 2014u, 2026u,
                             2055u, 3168u, 3169u, 4031u})
    if (one == number) return true;
  return false;
}

bool is_about_record(unsigned number, std::string_view sqlstate) {
  if (sql::mysql_record_code(number) != nullptr) return true;
  // SIGNAL in a trigger, and whatever else is about values.
  return sqlstate.starts_with("45") || sqlstate.starts_with("22") || sqlstate.starts_with("23") || number == 1644;
}

std::string numbers_about_records() {
  std::string list;
  for (const auto& entry : sql::mysql_record_codes()) list += (list.empty() ? "" : ", ") + std::to_string(entry.number);
  return list;
}

std::string_view code_of_record(unsigned number, std::string_view sqlstate) {
  if (const auto* known = sql::mysql_record_code(number)) return known->code;
  return sqlstate.starts_with("22") ? "parse" : "refused";
}

std::string_view sqlstate_of_record(unsigned number) {
  const auto* known = sql::mysql_record_code(number);
  return known != nullptr ? known->sqlstate : "HY000";
}

Error failure(std::string_view doing, const Complaint& complaint, std::string_view place) {
  const std::string message = complaint.message.empty() ? "the connection was lost" : complaint.message;
  return sql::failure(doing, message, place, meaning_of(complaint.number, complaint.sqlstate))
      .vendor(complaint.number, complaint.sqlstate);
}

}  // namespace sluice::mysql
