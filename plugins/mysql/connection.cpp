// SPDX-License-Identifier: Apache-2.0
#include "mysql/connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>
#include <sys/socket.h>

#include <algorithm>

#include "mysql/diagnose.hpp"
#include "mysql/login.hpp"

namespace sluice::mysql {

namespace {

// A throttled job is not cut off. Whatever the server does not know is left out.
constexpr std::string_view timeouts =
    "SET SESSION wait_timeout = 31536000, SESSION interactive_timeout = 31536000,"
    " SESSION net_read_timeout = 31536000, SESSION net_write_timeout = 31536000";

// What the user's own settings must not change: the encoding, and how quotes are read. The zone stays, where() and
// now() depend on it.
constexpr const char* forms_sql =
    "SELECT @@SESSION.sql_mode, @@SESSION.character_set_client, COALESCE(@@SESSION.character_set_results, ''),"
    " @@SESSION.character_set_connection, CAST(CONNECTION_ID() AS CHAR)";
constexpr std::string_view encoding = "utf8mb4";

// They turn "abc" into a name, \ into a letter like any other, or pad what is read.
constexpr std::string_view unwanted_modes[] = {"ANSI_QUOTES", "ANSI",  "NO_BACKSLASH_ESCAPES",
                                               "ORACLE",      "MSSQL", "POSTGRESQL",
                                               "DB2",         "MAXDB", "PAD_CHAR_TO_FULL_LENGTH"};

std::string without_unwanted(std::string_view modes) {
  std::string kept;
  while (!modes.empty()) {
    const size_t comma = std::min(modes.find(','), modes.size());
    const std::string_view mode = modes.substr(0, comma);
    if (std::find(std::begin(unwanted_modes), std::end(unwanted_modes), mode) == std::end(unwanted_modes))
      kept += (kept.empty() ? "" : ",") + std::string(mode);
    modes.remove_prefix(std::min(comma + 1, modes.size()));
  }
  return kept;
}

// A server that died without a word is noticed after two minutes, however slow the throttle.
void keep_alive(MYSQL* native) {
  const auto socket = static_cast<int>(mysql_get_socket(native));
  const auto set = [&](int name, int value) { setsockopt(socket, IPPROTO_TCP, name, &value, sizeof value); };
  set(TCP_KEEPIDLE, 60);
  set(TCP_KEEPINTVL, 15);
  set(TCP_KEEPCNT, 4);
}

bool has_client(MYSQL& server, const std::string& thread, const std::string& client) {
  const std::string sql = std::string("SELECT 1 FROM ") + list_of_connections(&server) + " WHERE ID = '" + thread +
                          "' AND HOST = '" + client + "'";
  if (mysql_query(&server, sql.c_str()) != 0) return false;
  const StoredResult rows(mysql_store_result(&server));
  return rows && mysql_num_rows(rows.get()) == 1;
}

}  // namespace

// MySQL's older list shows everybody's statements as texts, and fails on one that holds bytes.
const char* list_of_connections(MYSQL* server) {
  const bool has_new_list = mariadb_connection(server) == 0 && mysql_get_server_version(server) >= 80022;
  return has_new_list ? "performance_schema.processlist" : "information_schema.PROCESSLIST";
}

struct Connection::Session {
  soci::session soci;
};

Connection::Connection(Settings settings) : settings_(std::move(settings)), session_(std::make_unique<Session>()) {
  const Login login(settings_);
  try {
    session_->soci.open(soci::mysql, Login::connection_string);
  } catch (const soci::soci_error& e) {
    throw diagnose(settings_, login.complaint().number != 0 ? login.complaint() : Complaint{0, "", e.what()});
  }
  native_ = static_cast<soci::mysql_session_backend*>(session_->soci.get_backend())->conn_;
  refuse_plain_text();
  keep_alive(native_);
  set_up();
}

// The library falls back to plain text unless it is to verify the server's name.
void Connection::refuse_plain_text() {
  if (settings_.ssl_mode == "disable" || settings_.ssl_mode == "prefer" || is_encrypted()) return;
  throw denied("connect: the server offers no encryption, and sslMode is " + settings_.ssl_mode + " (" +
               settings_.place() + ")");
}

void Connection::set_up() {
  execute(timeouts, "set the session up");
  // The one of MariaDB, in seconds; the one of MySQL, in milliseconds.
  try_execute("SET SESSION max_statement_time = 0");
  try_execute("SET SESSION max_execution_time = 0");
  // MySQL answers from a day-old copy, and explains as a tree; older ones do neither.
  if (!is_mariadb()) {
    try_execute("SET SESSION information_schema_stats_expiry = 0");
    try_execute("SET SESSION explain_format = 'TRADITIONAL'");
  }
  keep_forms();
  for (const auto& statement : settings_.session) execute(statement, "session");
  if (!settings_.session.empty()) keep_forms();
}

void Connection::keep_forms() {
  const Row now = rows(forms_sql).at(0);
  if (now[1] != encoding || now[2] != encoding || now[3] != encoding)
    execute("SET NAMES utf8mb4", "set the session up");
  const std::string modes = now[0].value_or("");
  if (const std::string kept = without_unwanted(modes); kept != modes)
    execute("SET SESSION sql_mode = '" + kept + "'", "set the session up");
  thread_ = now[4].value_or("");
  find_client();
}

// Servers that speak the protocol need not have the list.
void Connection::find_client() {
  try {
    client_ = value(std::string("SELECT CAST(HOST AS CHAR) FROM ") + list_of_connections(native_) +
                    " WHERE ID = CONNECTION_ID()")
                  .value_or("");
  } catch (const Error&) {
    if (!is_alive()) throw;
  }
}

// A server that computes does not look at its connection, and one that did not hear of its end keeps its transaction:
// both would be in the way of the next attempt.
Connection::~Connection() {
  if (cancelled_ || is_lost_) tell_server("KILL ");
}

Rows Connection::rows(const std::string& sql, const std::vector<std::string>& parameters) {
  try {
    return sql::fetch_rows(session_->soci, sql, parameters);
  } catch (const soci::soci_error& e) {
    if (mysql_errno(native_) != 0 || cancelled_) throw failure("ask about the database");
    throw internal("ask about the database: " + e.get_error_message() + " (" + settings_.place() + ")");
  }
}

std::optional<std::string> Connection::value(const std::string& sql, const std::vector<std::string>& parameters) {
  const Rows all = rows(sql, parameters);
  return all.empty() || all[0].empty() ? std::nullopt : all[0][0];
}

bool Connection::try_execute(std::string_view sql) {
  int more = mysql_real_query(native_, sql.data(), sql.size());
  while (more == 0) {
    MYSQL_RES* const result = mysql_use_result(native_);
    if (result != nullptr) {
      while (mysql_fetch_row(result) != nullptr) continue;
      mysql_free_result(result);
    }
    if (mysql_errno(native_) != 0) break;
    // At the end it would forget how many rows the last statement changed.
    more = mysql_more_results(native_) ? mysql_next_result(native_) : -1;
  }
  note_loss(mysql_errno(native_));
  // The library says -1 at the end of the results, and when LOAD DATA LOCAL failed.
  return more == -1 && mysql_errno(native_) == 0;
}

void Connection::execute(std::string_view sql, std::string_view doing) {
  if (!try_execute(sql)) throw failure(doing);
}

Complaint Connection::complaint() const {
  return {mysql_errno(native_), mysql_sqlstate(native_), mysql_error(native_)};
}

void Connection::note_loss(unsigned number) {
  if (mysql::is_lost(number)) is_lost_ = true;
}

Error Connection::failure(std::string_view doing, const Complaint& complaint) {
  note_loss(complaint.number);
  if (cancelled_) return sluice::cancelled();
  return mysql::failure(doing, complaint, settings_.place());
}

void Connection::cancel() noexcept {
  cancelled_ = true;
  shutdown(static_cast<int>(mysql_get_socket(native_)), SHUT_RDWR);
}

// From a second connection, which waits for less than a stopping job does. The server may be another one by now, where
// the number is somebody else's.
bool Connection::tell_server(std::string_view verb) const noexcept {
  MYSQL raw;
  if (mysql_init(&raw) == nullptr) return false;
  bool is_done = false;
  try {
    Settings settings = settings_;
    settings.connect_seconds = 1;
    settings.silence_milliseconds = 1000;
    settings.database.clear();
    is_done = connect_to(&raw, settings) != nullptr && has_client(raw, thread_, client_) &&
              mysql_query(&raw, (std::string(verb) + thread_).c_str()) == 0;
  } catch (const std::exception&) {
    is_done = false;
  }
  mysql_close(&raw);
  return is_done;
}

void Connection::stop_statement() noexcept {
  if (tell_server("KILL QUERY ")) return;
  is_lost_ = true;
  shutdown(static_cast<int>(mysql_get_socket(native_)), SHUT_RDWR);
}

}  // namespace sluice::mysql
