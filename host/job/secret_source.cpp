// SPDX-License-Identifier: Apache-2.0
#include "job/secret_source.hpp"

#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

namespace sluice::job {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 10;

// What a person would type: without the end of the line.
std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::optional<std::string> read_all(std::FILE* file) {
  std::string text(most_bytes + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  return text.size() > most_bytes ? std::nullopt : std::optional(std::move(text));
}

std::string reason(int error) { return std::strerror(error); }

SecretTrouble unreadable(const std::string& path, int error) {
  const char* advice = error == EACCES   ? "let the user that runs the job read it, and nobody else: chown, chmod 600"
                       : error == ENOENT ? "a relative path starts where the file that names it is"
                                         : "";
  return {"cannot read the file of the secret, " + reason(error) + ": " + path, advice};
}

}  // namespace

SecretAnswer secret_of_variable(const std::string& name) {
  const char* found = std::getenv(name.c_str());
  if (found == nullptr) return SecretTrouble{"no such variable in the environment: " + name, "export " + name + "=..."};
  if (*found == '\0') return SecretTrouble{"the variable of the environment is empty: " + name, {}};
  return {boost::system::in_place_value, found};
}

SecretAnswer secret_of_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return SecretTrouble{"a directory, not a file with a secret: " + path, {}};
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) return unreadable(path, errno);
  auto text = read_all(file);
  std::fclose(file);
  if (!text) return SecretTrouble{"the file of the secret is larger than 64 KiB: " + path, {}};
  std::string secret = without_line_end(std::move(*text));
  if (secret.empty()) return SecretTrouble{"the file of the secret is empty: " + path, {}};
  return {boost::system::in_place_value, std::move(secret)};
}

SecretAnswer secret_of_command(const std::string& command) {
  std::FILE* pipe = ::popen(("exec < /dev/null; " + command).c_str(), "re");
  if (pipe == nullptr)
    return SecretTrouble{"cannot execute the command of the secret, " + reason(errno) + ": " + command, {}};
  auto text = read_all(pipe);
  const int status = ::pclose(pipe);
  const bool killed_by_us = !text && WIFSIGNALED(status);
  if (status != 0 && !killed_by_us) {
    const std::string end = WIFEXITED(status) ? "exit code " + std::to_string(WEXITSTATUS(status))
                                              : "signal " + std::to_string(WTERMSIG(status));
    return SecretTrouble{"the command of the secret failed, " + end + ": " + command, {}};
  }
  if (!text) return SecretTrouble{"the command of the secret printed more than 64 KiB: " + command, {}};
  std::string secret = without_line_end(std::move(*text));
  if (secret.empty()) return SecretTrouble{"the command of the secret printed nothing: " + command, {}};
  return {boost::system::in_place_value, std::move(secret)};
}

}  // namespace sluice::job
