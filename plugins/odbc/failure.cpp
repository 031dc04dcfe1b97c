// SPDX-License-Identifier: Apache-2.0
#include "odbc/failure.hpp"

#include <algorithm>
#include <optional>

#include "sql/mysql_numbers.hpp"

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
struct Known {
  int64_t number;
  Meaning meaning;
  bool about_record = false;
};

constexpr Known sqlite_numbers[] = {
    {5, {SLUICE_CONFLICT, true}},  // busy
    {6, {SLUICE_CONFLICT, true}},  // locked
    {8, {SLUICE_DENIED, false}},   // read-only
    {10, {SLUICE_IO, false}},
    {13, {SLUICE_IO, true}},               // disk full
    {14, {SLUICE_NOT_FOUND, false}},       // cannot open
    {18, {SLUICE_BAD_DATA, false}, true},  // too big
    {19, {SLUICE_BAD_DATA, false}, true},  // constraint
    {20, {SLUICE_BAD_DATA, false}, true},  // mismatch
};

std::optional<Known> known_by_mysql(int64_t number) {
  if (sql::mysql_record_code(number) != nullptr) return Known{number, {SLUICE_BAD_DATA, false}, true};
  if (const auto meaning = sql::mysql_meaning(number)) return Known{number, *meaning};
  return std::nullopt;
}

// `product` may be empty: not known yet.
std::optional<Known> known_by_number(const Diagnosis& diagnosis, std::string_view product) {
  if (diagnosis.sqlstate != "HY000" && diagnosis.sqlstate != "42000") return std::nullopt;
  if (product.empty() || product == "MariaDB" || product == "MySQL")
    if (auto known = known_by_mysql(diagnosis.native)) return known;
  if (product.empty() || product == "SQLite")
    for (const Known& known : sqlite_numbers)
      if (known.number == diagnosis.native) return known;
  return std::nullopt;
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
  if (const auto known = known_by_number(diagnosis, product)) return known->meaning;
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
  if (const auto known = known_by_number(diagnosis, product)) return known->about_record;
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
