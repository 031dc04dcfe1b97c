// SPDX-License-Identifier: Apache-2.0
#include "postgresql/diagnose.hpp"

#include <algorithm>
#include <chrono>

#include "postgresql/failure.hpp"
#include "postgresql/result.hpp"
#include "postgresql/second_look.hpp"
#include "sql/suggest.hpp"

namespace sluice::postgresql {

namespace {

bool is_state(std::string_view text) {
  return text.size() == 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// From "FATAL:  28P01: password authentication failed", whatever the language of its words.
std::string state_in(std::string_view message) {
  for (size_t at = message.find(":  "); at != std::string_view::npos; at = message.find(":  ", at + 1)) {
    const std::string_view rest = message.substr(at + 3);
    if (rest.size() > 6 && rest[5] == ':' && is_state(rest.substr(0, 5))) return std::string(rest.substr(0, 5));
  }
  return "";
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_blank = c == '\n' || c == '\t' || c == ' ';
    if (!is_blank || (!out.empty() && out.back() != ' ')) out += is_blank ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string without_preamble(std::string_view said) {
  const size_t line = said.find('\n');
  return one_line(line == std::string_view::npos ? said : said.substr(line + 1));
}

// No later try helps. (A connection that breaks says "SSL SYSCALL error".)
bool is_about_encryption(std::string_view text) {
  for (const std::string_view sign : {"certificate", "does not support SSL", "SSL error", "no pg_hba.conf entry"})
    if (text.find(sign) != std::string_view::npos) return true;
  return false;
}

std::string way_out(const Settings& settings, std::string_view state) {
  if (state == "3D000") {
    const auto there = databases_of(settings);
    if (!there.empty()) return "; there are: " + sql::list_of(there) + sql::did_you_mean(settings.database, there);
  }
  if (state.starts_with("28")) return "; check username and password, and that pg_hba.conf lets the user in";
  if (state == "53300") return "; lower speed.concurrent, or raise the server's max_connections or the role's limit";
  return "";
}

}  // namespace

Error diagnose(const Settings& settings, std::string_view said) {
  const Handle handle = connect_beside(settings, std::chrono::seconds(settings.connect_seconds));
  const std::string state = handle ? state_in(PQerrorMessage(handle.get())) : "";
  const std::string text = without_preamble(said) + way_out(settings, state);
  if (!state.empty()) return failure("connect", state, text, settings.place());
  if (is_about_encryption(text)) return denied("connect: " + text + " (" + settings.place() + ")");
  return failure("connect", "", text, settings.place());
}

std::vector<std::string> databases_of(Settings settings) {
  settings.database = "postgres";
  const Handle handle = connect_beside(settings, std::chrono::seconds(settings.connect_seconds));
  std::vector<std::string> names;
  if (!handle || PQstatus(handle.get()) != CONNECTION_OK) return names;
  const Result result(
      PQexec(handle.get(), "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1"));
  for (int i = 0; i < result.rows(); ++i) names.emplace_back(result.text(i, 0));
  return names;
}

}  // namespace sluice::postgresql
