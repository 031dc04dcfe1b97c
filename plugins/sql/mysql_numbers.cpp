// SPDX-License-Identifier: Apache-2.0
#include "sql/mysql_numbers.hpp"

#include <algorithm>
#include <iterator>

namespace sluice::sql {

namespace {

struct Rule {
  int64_t number;
  Meaning meaning;
};

constexpr Meaning passing_io{SLUICE_IO, true};
constexpr Meaning passing_conflict{SLUICE_CONFLICT, true};
constexpr Meaning unreachable_now{SLUICE_UNREACHABLE, true};
constexpr Meaning denied_for_good{SLUICE_DENIED, false};
constexpr Meaning not_there{SLUICE_NOT_FOUND, false};

constexpr Rule rules[] = {
    {3, passing_io},           // error writing a file
    {28, passing_io},          // no space left
    {1020, passing_conflict},  // changed since it was read
    {1021, passing_io},        // disk full
    {1028, passing_io},        // sort aborted
    {1030, passing_io},        // from the storage engine: mostly a full disk
    {1037, passing_io},        // out of memory
    {1038, passing_io},
    {1040, unreachable_now},  // too many connections
    {1041, passing_io},
    {1044, denied_for_good},
    {1045, denied_for_good},
    {1049, not_there},
    {1053, unreachable_now},  // shutdown
    {1077, unreachable_now},
    {1079, unreachable_now},
    {1104, {SLUICE_INVALID, false}},  // max_join_size
    {1114, passing_io},               // the table is full
    {1129, denied_for_good},          // the host is blocked
    {1130, denied_for_good},
    {1142, denied_for_good},
    {1143, denied_for_good},
    {1146, not_there},
    {1153, {SLUICE_BAD_DATA, false}},  // larger than max_allowed_packet: it would be the next time, too
    {1158, unreachable_now},           // communication packets
    {1159, unreachable_now},
    {1160, unreachable_now},
    {1161, unreachable_now},
    {1180, passing_io},                // an error during COMMIT
    {1203, unreachable_now},           // the user's connections
    {1205, passing_conflict},          // lock wait timeout
    {1206, passing_conflict},          // lock table full
    {1213, passing_conflict},          // deadlock
    {1226, unreachable_now},           // a resource of the user
    {1227, denied_for_good},           // a privilege is needed
    {1290, denied_for_good},           // --read-only
    {1317, {SLUICE_TIMED_OUT, true}},  // interrupted by somebody
    {1370, denied_for_good},
    {1412, passing_conflict},  // the table's definition has changed
    {1615, passing_conflict},  // prepare again
    {1698, denied_for_good},
    {1792, denied_for_good},  // a read-only transaction
    {1820, denied_for_good},  // the password has expired
    {1836, denied_for_good},  // read-only mode
    {1862, denied_for_good},
    {1927, unreachable_now},           // killed
    {1969, {SLUICE_TIMED_OUT, true}},  // max_statement_time
    {2002, unreachable_now},
    {2003, unreachable_now},
    {2005, unreachable_now},  // unknown host
    {2006, unreachable_now},
    {2012, unreachable_now},
    {2013, unreachable_now},
    {2026, unreachable_now},  // encryption that ends in mid-work: the server has died
    {2055, unreachable_now},
    {2059, denied_for_good},  // a login plugin is missing
    {2061, denied_for_good},
    {3024, {SLUICE_TIMED_OUT, true}},  // max_execution_time
    {3168, unreachable_now},
    {3169, unreachable_now},  // killed
    {3572, passing_conflict},
    {4031, unreachable_now},  // disconnected for inactivity
};

constexpr MysqlRecordCode record_codes[] = {
    {1022, "conflict", "23000"},    {1048, "null", "23000"},        {1062, "conflict", "23000"},
    {1169, "conflict", "23000"},    {1216, "foreign-key", "23000"}, {1217, "foreign-key", "23000"},
    {1261, "parse", "01000"},       {1262, "parse", "01000"},       {1263, "null", "22004"},
    {1264, "range", "22003"},       {1265, "parse", "01000"},       {1292, "parse", "22007"},
    {1300, "encoding", "HY000"},    {1364, "null", "HY000"},        {1366, "parse", "HY000"},
    {1367, "parse", "22007"},       {1406, "too-long", "22001"},    {1411, "parse", "HY000"},
    {1416, "parse", "22003"},       {1441, "range", "22008"},       {1451, "foreign-key", "23000"},
    {1452, "foreign-key", "23000"}, {1526, "range", "HY000"},       {1557, "foreign-key", "23000"},
    {1586, "conflict", "23000"},    {1690, "range", "22003"},       {1761, "foreign-key", "23000"},
    {1762, "foreign-key", "23000"}, {3140, "parse", "22032"},       {3141, "parse", "22032"},
    {3156, "parse", "22018"},       {3819, "check", "HY000"},       {3854, "parse", "HY000"},
    {3903, "parse", "22018"},       {4025, "check", "23000"},       {4078, "parse", "HY000"}};

}  // namespace

std::optional<Meaning> mysql_meaning(int64_t number) {
  const auto found =
      std::find_if(std::begin(rules), std::end(rules), [&](const Rule& rule) { return rule.number == number; });
  if (found == std::end(rules)) return std::nullopt;
  return found->meaning;
}

const MysqlRecordCode* mysql_record_code(int64_t number) {
  const auto found = std::find_if(std::begin(record_codes), std::end(record_codes),
                                  [&](const MysqlRecordCode& entry) { return entry.number == number; });
  return found == std::end(record_codes) ? nullptr : found;
}

std::span<const MysqlRecordCode> mysql_record_codes() { return record_codes; }

}  // namespace sluice::sql
