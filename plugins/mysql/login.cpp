// SPDX-License-Identifier: Apache-2.0
#include "mysql/login.hpp"

#include <cstdarg>
#include <mutex>
#include <new>

#include "sluice/error.hpp"

namespace sluice::mysql {

namespace {

// As <mysql/client_plugin.h> has it. That header includes one which Debian's package leaves out.
struct ConnectionHandler {
  int type;
  unsigned interface_version;
  const char *name, *author, *description;
  unsigned version[3];
  const char* license;
  void* api;
  int (*init)(char*, size_t, int, va_list);
  int (*deinit)();
  int (*options)(const char*, const void*);
  MYSQL* (*connect)(MYSQL*, const char*, const char*, const char*, const char*, unsigned, const char*, unsigned long);
  void (*close)(MYSQL*);
  int (*set_options)(MYSQL*, unsigned, ...);
  int (*set_connection)(MYSQL*, enum_server_command, const char*, size_t, my_bool, void*);
  my_bool (*reconnect)(MYSQL*);
  int (*reset)(MYSQL*);
};

constexpr int connection_handler_type = 103;
constexpr unsigned connection_handler_version = 0x0100;

thread_local Login* current = nullptr;

const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

// Ways to log in that do not hand the password over as it is.
constexpr const char* unreadable_passwords =
    "mysql_native_password,client_ed25519,caching_sha2_password,auth_gssapi_client";

void set_encryption(MYSQL* raw, const Settings& s) {
  if (s.ssl_mode == "disable") return;
  if (s.ssl_mode == "prefer" && !s.socket.empty()) return;  // nothing of it leaves the machine
  my_bool on = 1;
  // The library encrypts when the server can; `require` and more are checked when the connection is there.
  mysql_options(raw, MYSQL_OPT_SSL_ENFORCE, &on);
  if (s.ssl_mode == "verify-full") mysql_options(raw, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
  if (s.ssl_mode.starts_with("verify")) mysql_options(raw, MYSQL_OPT_SSL_CA, or_null(s.ssl_root_certificate));
  mysql_options(raw, MYSQL_OPT_SSL_CERT, or_null(s.ssl_certificate));
  mysql_options(raw, MYSQL_OPT_SSL_KEY, or_null(s.ssl_key));
  // Only then does the library itself hang up on a server without encryption: it must not have the password by then.
  if (s.ssl_mode == "require" || s.ssl_mode == "verify-ca")
    mysql_options(raw, MARIADB_OPT_RESTRICTED_AUTH, unreadable_passwords);
}

}  // namespace

MYSQL* connect_to(MYSQL* raw, const Settings& s) {
  const auto seconds = static_cast<unsigned>(s.connect_seconds);
  const auto silence = static_cast<unsigned>((s.silence_milliseconds + 999) / 1000);
  const unsigned protocol = s.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
  const unsigned local_data = s.loads_local_data ? 1 : 0;
  const size_t largest_packet = size_t{1} << 30;
  const my_bool off = 0;
  mysql_options(raw, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
  if (silence != 0) {
    mysql_options(raw, MYSQL_OPT_READ_TIMEOUT, &silence);
    mysql_options(raw, MYSQL_OPT_WRITE_TIMEOUT, &silence);
  }
  mysql_options(raw, MYSQL_OPT_PROTOCOL, &protocol);
  mysql_options(raw, MYSQL_OPT_LOCAL_INFILE, &local_data);
  mysql_options(raw, MYSQL_OPT_MAX_ALLOWED_PACKET, &largest_packet);
  mysql_options(raw, MYSQL_OPT_RECONNECT, &off);
  mysql_options(raw, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_optionsv(raw, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "sluice");
  set_encryption(raw, s);
  return mysql_real_connect(raw, s.socket.empty() ? s.host.c_str() : nullptr, s.user.c_str(), s.password.c_str(),
                            or_null(s.database), static_cast<unsigned>(std::stoul(s.port)), or_null(s.socket),
                            CLIENT_MULTI_STATEMENTS | CLIENT_MULTI_RESULTS);
}

Login::Login(const Settings& settings) : settings_(settings) {
  static std::once_flag once;
  std::call_once(once, register_handler);
  current = this;
}

Login::~Login() { current = nullptr; }

MYSQL* Login::connect(MYSQL* raw, const char*, const char*, const char*, const char*, unsigned, const char*,
                      unsigned long) {
  if (current == nullptr) return nullptr;
  MYSQL* const connected = connect_to(raw, current->settings_);
  if (connected == nullptr) current->complaint_ = {mysql_errno(raw), mysql_sqlstate(raw), mysql_error(raw)};
  return connected;
}

void Login::register_handler() {
  static ConnectionHandler handler{connection_handler_type,
                                   connection_handler_version,
                                   "sluice",
                                   "",
                                   "",
                                   {1, 0, 0},
                                   "",
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   &Login::connect,
                                   nullptr,
                                   nullptr,
                                   // Before each command; 0: the library sends it as usual.
                                   [](MYSQL*, enum_server_command, const char*, size_t, my_bool, void*) { return 0; },
                                   nullptr,
                                   nullptr};
  if (mysql_library_init(0, nullptr, nullptr) != 0 ||
      mysql_client_register_plugin(nullptr, reinterpret_cast<st_mysql_client_plugin*>(&handler)) == nullptr)
    throw internal("the MySQL client library takes no connection handler");
  // By itself the library sends 8 KiB at a time. Though it is set by a handle, it is one for the whole process.
  const size_t send_buffer = size_t{64} << 10;
  MYSQL any;
  if (mysql_init(&any) == nullptr) throw std::bad_alloc();
  mysql_options(&any, MYSQL_OPT_NET_BUFFER_LENGTH, &send_buffer);
  mysql_close(&any);
}

}  // namespace sluice::mysql
