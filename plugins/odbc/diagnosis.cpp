// SPDX-License-Identifier: Apache-2.0
#include "odbc/diagnosis.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "odbc/utf16.hpp"

namespace sluice::odbc {

namespace {
constexpr SQLSMALLINT most_diagnoses = 8;
// What psqlodbc puts behind the server's words.
constexpr std::string_view chatter = "Error while executing the query";

constexpr size_t longest_message = 2048;

size_t length_of(SQLSMALLINT size) { return std::min<size_t>(std::max<SQLSMALLINT>(size, 0), longest_message - 1); }

std::optional<Diagnosis> wide_diagnosis(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number) {
  std::array<SQLWCHAR, longest_message> text;
  SQLWCHAR state[6] = {};
  SQLINTEGER native = 0;
  SQLSMALLINT size = 0;
  if (!SQL_SUCCEEDED(SQLGetDiagRecW(kind, handle, number, state, &native, text.data(), longest_message, &size)))
    return std::nullopt;
  return Diagnosis{narrow_text(state, 5), native, narrow_text(text.data(), length_of(size))};
}

std::optional<Diagnosis> narrow_diagnosis(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number) {
  std::array<char, longest_message> text;
  char state[6] = {};
  SQLINTEGER native = 0;
  SQLSMALLINT size = 0;
  if (!SQL_SUCCEEDED(SQLGetDiagRec(kind, handle, number, reinterpret_cast<SQLCHAR*>(state), &native,
                                   reinterpret_cast<SQLCHAR*>(text.data()), longest_message, &size)))
    return std::nullopt;
  return Diagnosis{std::string(state, 5), native, std::string(text.data(), length_of(size))};
}

}  // namespace

std::string plain_message(std::string_view text) {
  while (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(chatter)) out.resize(out.size() - chatter.size());
  while (!out.empty() && (out.back() == ' ' || out.back() == ';')) out.pop_back();
  return out;
}

Diagnoses diagnoses_of(SQLSMALLINT kind, SQLHANDLE handle, bool is_narrow) {
  Diagnoses all;
  for (SQLSMALLINT i = 1; i <= most_diagnoses; ++i) {
    auto one = is_narrow ? narrow_diagnosis(kind, handle, i) : wide_diagnosis(kind, handle, i);
    if (!one) break;
    one->message = plain_message(one->message);
    all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace sluice::odbc
