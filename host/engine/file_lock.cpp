// SPDX-License-Identifier: Apache-2.0
#include "engine/file_lock.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/durable_file.hpp"

namespace sluice::engine {
namespace {

namespace fs = std::filesystem;

// Locks that belong to the open file: a look at one does not take it, and closing another descriptor keeps it.
struct flock whole_file(bool shared) {
  struct flock lock {};
  lock.l_type = static_cast<short>(shared ? F_RDLCK : F_WRLCK);
  lock.l_whence = SEEK_SET;
  return lock;
}

plugin::Failure not_made(const fs::path& file) {
  plugin::Failure failure;
  failure.code = SLUICE_IO;
  failure.message = "cannot make the lock: " + std::string(std::strerror(errno)) + ": " + file.string();
  return failure;
}

plugin::Failure taken(const fs::path& file, const std::string& what) {
  const auto owner = read_file(file);
  plugin::Failure failure;
  failure.code = SLUICE_CONFLICT;
  failure.flags = SLUICE_RETRYABLE;
  failure.message = what + ": " + (owner && !owner->empty() ? *owner : "?");
  return failure;
}

// Its last owner may have taken the file away after it was opened.
bool is_still_there(int descriptor, const fs::path& file) {
  struct stat open {
  }, named{};
  return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
         open.st_dev == named.st_dev;
}

}  // namespace

plugin::Result<FileLock> FileLock::take(const fs::path& file, const Wish& wish) {
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  for (;;) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return not_made(file);
    FileLock lock(file, descriptor, true);  // not its owner yet
    struct flock range = whole_file(wish.shared);
    if (::fcntl(descriptor, F_OFD_SETLK, &range) != 0)
      return errno == EAGAIN || errno == EACCES ? taken(file, wish.taken) : not_made(file);
    if (!is_still_there(descriptor, file)) continue;
    lock.shared_ = wish.shared;
    if (::ftruncate(descriptor, 0) == 0) (void)!::write(descriptor, wish.owner.data(), wish.owner.size());
    return lock;
  }
}

bool FileLock::is_taken(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct flock holder = whole_file(true);
  const bool locked = ::fcntl(descriptor, F_OFD_GETLK, &holder) == 0 && holder.l_type != F_UNLCK;
  ::close(descriptor);
  return locked;
}

FileLock::~FileLock() {
  if (descriptor_ < 0) return;
  if (!shared_) ::unlink(file_.c_str());
  ::close(descriptor_);
}

}  // namespace sluice::engine
