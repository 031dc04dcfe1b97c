// SPDX-License-Identifier: Apache-2.0
#include "postgresql/failure.hpp"

namespace sluice::postgresql {

namespace {

struct Rule {
  std::string_view prefix;  // of the SQLSTATE; the first that fits wins
  Meaning meaning;
};

constexpr Rule rules[] = {
    {"08", {SLUICE_UNREACHABLE, true}},     // the connection broke
    {"57P04", {SLUICE_NOT_FOUND, false}},   // the database was dropped
    {"57P", {SLUICE_UNREACHABLE, true}},    // shutting down, starting up, crashed
    {"57014", {SLUICE_TIMED_OUT, true}},    // statement timeout, or cancelled by somebody
    {"53100", {SLUICE_IO, true}},           // disk full
    {"53200", {SLUICE_IO, true}},           // out of memory
    {"53", {SLUICE_UNREACHABLE, true}},     // too many connections
    {"40", {SLUICE_CONFLICT, true}},        // serialization, deadlock
    {"55P03", {SLUICE_CONFLICT, true}},     // lock timeout
    {"55006", {SLUICE_CONFLICT, true}},     // in use
    {"25P03", {SLUICE_UNREACHABLE, true}},  // idle in transaction
    {"25006", {SLUICE_DENIED, false}},      // read-only
    {"28", {SLUICE_DENIED, false}},
    {"42501", {SLUICE_DENIED, false}},
    {"3D000", {SLUICE_NOT_FOUND, false}},
    {"3F000", {SLUICE_NOT_FOUND, false}},
    {"42P01", {SLUICE_NOT_FOUND, false}},
    {"0A", {SLUICE_UNSUPPORTED, false}},
    {"22", {SLUICE_BAD_DATA, false}},
    {"23", {SLUICE_BAD_DATA, false}},
    {"54", {SLUICE_UNSUPPORTED, false}},
    {"58", {SLUICE_IO, true}},
    {"XX", {SLUICE_IO, false}},
};

struct RecordCode {
  std::string_view prefix, code;
};

constexpr RecordCode record_codes[] = {
    {"23505", "conflict"}, {"23P01", "conflict"}, {"23502", "null"},     {"23503", "foreign-key"},
    {"23514", "check"},    {"44000", "check"},    {"22001", "too-long"}, {"22003", "range"},
    {"22008", "range"},    {"22021", "encoding"}, {"22P05", "encoding"}, {"22P02", "parse"},
    {"22007", "parse"},    {"22032", "parse"},    {"22030", "parse"},    {"22P03", "parse"},
};

}  // namespace

Meaning meaning_of(std::string_view sqlstate) {
  for (const auto& rule : rules)
    if (sqlstate.starts_with(rule.prefix)) return rule.meaning;
  return {SLUICE_INVALID, false};
}

bool is_about_record(std::string_view sqlstate) {
  for (const std::string_view type : {"21", "22", "23", "44", "P0", "38", "39", "2F", "0A"})
    if (sqlstate.starts_with(type)) return true;
  // An index row that is too large.
  return sqlstate == "54000";
}

std::string_view code_of_record(std::string_view sqlstate) {
  for (const auto& entry : record_codes)
    if (sqlstate == entry.prefix) return entry.code;
  return "refused";
}

Error failure(std::string_view doing, std::string_view sqlstate, std::string_view message, std::string_view place) {
  const Meaning meaning = sqlstate.empty() ? Meaning{SLUICE_UNREACHABLE, true} : meaning_of(sqlstate);
  return sql::failure(doing, message, place, meaning).vendor(0, sqlstate);
}

std::string full_message(const Result& result) {
  std::string text(result.field(PG_DIAG_MESSAGE_PRIMARY));
  if (const auto detail = result.field(PG_DIAG_MESSAGE_DETAIL); !detail.empty()) text += "; " + std::string(detail);
  if (const auto hint = result.field(PG_DIAG_MESSAGE_HINT); !hint.empty()) text += "; hint: " + std::string(hint);
  return text;
}

}  // namespace sluice::postgresql
