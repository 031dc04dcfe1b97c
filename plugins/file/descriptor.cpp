// SPDX-License-Identifier: Apache-2.0
#include "descriptor.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sluice::file {

namespace {

SluiceStatus status_for(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return SLUICE_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
      return SLUICE_DENIED;
    case EEXIST:
      return SLUICE_CONFLICT;
    case ENAMETOOLONG:
    case EISDIR:
      return SLUICE_INVALID;
    default:
      return SLUICE_IO;
  }
}

}  // namespace

Error system_error(const std::string& what, const std::string& path, int number) {
  Error error(status_for(number), what + ": " + std::strerror(number) + ": " + path);
  error.retryable(number == EMFILE || number == ENFILE || number == EINTR || number == EAGAIN || number == ENOSPC ||
                  number == EDQUOT);
  return std::move(error).vendor(number);
}

Descriptor open_to_read(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) throw system_error("cannot open", path, errno);
  return file;
}

Descriptor create_file(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!file) throw system_error("cannot create", path, errno);
  return file;
}

struct stat status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw system_error("cannot open", path, errno);
  return status;
}

struct stat status_of(const Descriptor& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw system_error("cannot open", path, errno);
  return status;
}

void write_all(const Descriptor& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw system_error("cannot write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void begin_sync(const Descriptor& file, std::uint64_t at, std::uint64_t size) {
  // Where the file system cannot do it, sync_file does all.
  ::sync_file_range(file.get(), static_cast<off_t>(at), static_cast<off_t>(size), SYNC_FILE_RANGE_WRITE);
}

void sync_file(const Descriptor& file, const std::string& path) {
  if (::fsync(file.get()) != 0) throw system_error("cannot write to disk", path, errno);
}

void sync_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory) throw system_error("cannot open directory", path, errno);
  // Some file systems cannot sync a directory and say EINVAL.
  if (::fsync(directory.get()) != 0 && errno != EINVAL) throw system_error("cannot write to disk", path, errno);
}

void rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw system_error("cannot rename " + from + " to", to, errno);
}

void remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw system_error("cannot remove", path, errno);
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace sluice::file
