// SPDX-License-Identifier: Apache-2.0
#include "cli/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;
using Outcome = boost::system::result<void, Trouble>;

Trouble failure(const fs::path& file, int error) {
  return Trouble("cannot write " + file.string() + ": " + std::generic_category().message(error));
}

// 0, or an error number.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int write_to(const fs::path& file, int flags, std::string_view text, bool durable) {
  int descriptor = ::open(file.c_str(), flags | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  if (error == 0 && durable && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

bool is_special(const fs::path& file) {
  std::error_code ignored;
  fs::file_status status = fs::status(file, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// A symbolic link keeps standing: the file that it names is replaced.
fs::path target_of(const fs::path& file) {
  std::error_code error;
  fs::path named = fs::is_symlink(file, error) ? file.parent_path() / fs::read_symlink(file, error) : file;
  fs::path target = fs::weakly_canonical(named, error);
  return error ? file : target;
}

fs::path directory_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

}  // namespace

Outcome write_whole(const fs::path& file, std::string_view text) {
  if (is_special(file)) {
    int error = write_to(file, 0, text, false);
    return error == 0 ? Outcome() : Outcome(failure(file, error));
  }
  fs::path target = target_of(file);
  fs::path aside = target;
  aside += "." + std::to_string(::getpid()) + ".part";
  int error = write_to(aside, O_CREAT | O_EXCL, text, true);
  if (error == 0 && ::rename(aside.c_str(), target.c_str()) != 0) error = errno;
  if (error == 0) return {};
  if (error != EEXIST) ::unlink(aside.c_str());
  return failure(file, error);
}

Outcome can_write(const fs::path& file) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) return failure(file, EISDIR);
  if (is_special(file)) {
    return ::access(file.c_str(), W_OK) == 0 ? Outcome() : Outcome(failure(file, errno));
  }
  return ::access(directory_of(target_of(file)).c_str(), W_OK | X_OK) == 0 ? Outcome() : Outcome(failure(file, errno));
}

}  // namespace sluice::cli
