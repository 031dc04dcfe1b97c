// SPDX-License-Identifier: Apache-2.0
#include "odbc/failure.hpp"

#include <algorithm>

namespace sluice::odbc {

namespace {

struct StateRule {
  std::string_view prefix;  // of the SQLSTATE; the first that fits wins
  Meaning meaning;
};

constexpr StateRule state_rules[] = {
    {"08", {SLUICE_UNREACHABLE, true}},   {"HYT", {SLUICE_TIMED_OUT, true}},      {"40", {SLUICE_CONFLICT, true}},
    {"57P", {SLUICE_UNREACHABLE, true}},  {"57014", {SLUICE_TIMED_OUT, true}},    {"53", {SLUICE_IO, true}},
    {"55", {SLUICE_CONFLICT, true}},      {"25006", {SLUICE_DENIED, false}},      {"28", {SLUICE_DENIED, false}},
    {"42501", {SLUICE_DENIED, false}},    {"42S02", {SLUICE_NOT_FOUND, false}},   {"42P01", {SLUICE_NOT_FOUND, false}},
    {"3D000", {SLUICE_NOT_FOUND, false}}, {"3F000", {SLUICE_NOT_FOUND, false}},   {"IM002", {SLUICE_NOT_FOUND, false}},
    {"0A", {SLUICE_UNSUPPORTED, false}},  {"HYC00", {SLUICE_UNSUPPORTED, false}}, {"22", {SLUICE_BAD_DATA, false}},
    {"23", {SLUICE_BAD_DATA, false}},     {"44", {SLUICE_BAD_DATA, false}},       {"HY001", {SLUICE_NO_MEMORY, false}},
};

// What hides behind SQLSTATEs HY000 and 42000.
struct NumberRule {
  std::string_view product;
  int64_t number;
  Meaning meaning;
  bool about_record = false;
};

constexpr NumberRule number_rules[] = {
    {"MariaDB", 1040, {SLUICE_UNREACHABLE, true}},      // too many connections
    {"MariaDB", 1044, {SLUICE_DENIED, false}},          // the database
    {"MariaDB", 1142, {SLUICE_DENIED, false}},          // the table
    {"MariaDB", 1143, {SLUICE_DENIED, false}},          // the column
    {"MariaDB", 1205, {SLUICE_CONFLICT, true}},         // lock wait timeout
    {"MariaDB", 1213, {SLUICE_CONFLICT, true}},         // deadlock
    {"MariaDB", 1227, {SLUICE_DENIED, false}},          // a privilege
    {"MariaDB", 1290, {SLUICE_DENIED, false}},          // read-only
    {"MariaDB", 1364, {SLUICE_BAD_DATA, false}, true},  // no default
    {"MariaDB", 1366, {SLUICE_BAD_DATA, false}, true},  // incorrect value
    {"MariaDB", 1927, {SLUICE_UNREACHABLE, true}},      // killed
    {"MariaDB", 2002, {SLUICE_UNREACHABLE, true}},      // cannot connect
    {"MariaDB", 2003, {SLUICE_UNREACHABLE, true}},
    {"MariaDB", 2006, {SLUICE_UNREACHABLE, true}},  // gone away
    {"MariaDB", 2013, {SLUICE_UNREACHABLE, true}},  // lost during a query
    {"MariaDB", 2055, {SLUICE_UNREACHABLE, true}},
    {"MariaDB", 4025, {SLUICE_BAD_DATA, false}, true},  // CHECK
    {"SQLite", 5, {SLUICE_CONFLICT, true}},             // busy
    {"SQLite", 6, {SLUICE_CONFLICT, true}},             // locked
    {"SQLite", 8, {SLUICE_DENIED, false}},              // read-only
    {"SQLite", 10, {SLUICE_IO, false}},
    {"SQLite", 13, {SLUICE_IO, true}},               // disk full
    {"SQLite", 14, {SLUICE_NOT_FOUND, false}},       // cannot open
    {"SQLite", 18, {SLUICE_BAD_DATA, false}, true},  // too big
    {"SQLite", 19, {SLUICE_BAD_DATA, false}, true},  // constraint
    {"SQLite", 20, {SLUICE_BAD_DATA, false}, true},  // mismatch
};

const NumberRule* number_rule(const Diagnosis& diagnosis, std::string_view product) {
  if (diagnosis.sqlstate != "HY000" && diagnosis.sqlstate != "42000") return nullptr;
  if (product == "MySQL") product = "MariaDB";
  for (const auto& rule : number_rules)
    if (rule.number == diagnosis.native && (product.empty() || rule.product == product)) return &rule;
  return nullptr;
}

struct RecordCode {
  std::string_view part;  // of SQLSTATE or, where there is none of use, of the message
  std::string_view code;
};

constexpr RecordCode state_codes[] = {
    {"23505", "conflict"}, {"23P01", "conflict"}, {"23502", "null"},     {"23503", "foreign-key"}, {"23514", "check"},
    {"44000", "check"},    {"22001", "too-long"}, {"01004", "too-long"}, {"22003", "range"},       {"22008", "range"},
    {"22007", "parse"},    {"22018", "parse"},    {"22P02", "parse"},    {"22021", "encoding"},    {"01S07", "inexact"},
};

// SQLSTATE 23000 is all that most stores say.
constexpr RecordCode message_codes[] = {
    {"duplicate", "conflict"},      {"unique", "conflict"},        {"cannot be null", "null"}, {"not null", "null"},
    {"foreign key", "foreign-key"}, {"check constraint", "check"}, {"constraint", "check"},    {"too long", "too-long"},
    {"out of range", "range"},      {"incorrect", "parse"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool has_any(const std::string& text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

}  // namespace

Meaning meaning_of(const Diagnosis& diagnosis, std::string_view product) {
  if (const auto* rule = number_rule(diagnosis, product)) return rule->meaning;
  for (const auto& rule : state_rules)
    if (diagnosis.sqlstate.starts_with(rule.prefix)) return rule.meaning;
  return {SLUICE_INVALID, false};
}

Meaning meaning_of_connect(const Diagnosis& diagnosis) {
  const std::string text = lower(diagnosis.message);
  if (has_any(text, {"password", "authentication failed", "access denied", "pg_hba.conf", "login failed",
                     "permission denied"}))
    return {SLUICE_DENIED, false};
  if (has_any(text, {"can't open lib", "does not exist", "unknown database", "no default driver"}))
    return {SLUICE_NOT_FOUND, false};
  return meaning_of(diagnosis, "");
}

bool is_about_record(const Diagnosis& diagnosis, std::string_view product) {
  if (const auto* rule = number_rule(diagnosis, product)) return rule->about_record;
  if (is_loss(diagnosis)) return true;
  for (const std::string_view type : {"21", "22", "23", "44", "P0", "38", "39", "2F", "07006"})
    if (diagnosis.sqlstate.starts_with(type)) return true;
  return diagnosis.sqlstate == "54000";  // an index row that is too large
}

bool is_loss(const Diagnosis& diagnosis) {
  return diagnosis.sqlstate == "01004" || diagnosis.sqlstate == "01S07" || diagnosis.sqlstate.starts_with("22");
}

std::string_view code_of_record(const Diagnosis& diagnosis) {
  for (const auto& entry : state_codes)
    if (diagnosis.sqlstate == entry.part) return entry.code;
  const std::string text = lower(diagnosis.message);
  for (const auto& entry : message_codes)
    if (text.find(entry.part) != std::string::npos) return entry.code;
  return "refused";
}

Error failure(std::string_view doing, const Diagnosis& diagnosis, Meaning meaning, std::string_view place) {
  const std::string message = diagnosis.message.empty() ? "the driver gave no reason" : diagnosis.message;
  return sql::failure(doing, message, place, meaning).vendor(diagnosis.native, diagnosis.sqlstate);
}

}  // namespace sluice::odbc
