// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "plugin/failure.hpp"

namespace sluice::engine {

// A lock on a file that is there for nothing else, held while this lives: by one process for itself, or shared by
// several. The system takes it back when a process dies.
class FileLock {
 public:
  struct Wish {
    std::string owner;  // who wants it: for those that do not get it
    std::string taken;  // what they are told, before that
    bool shared = false;
  };
  // Does not wait: a lock that another one has is a retryable failure.
  static plugin::Result<FileLock> take(const std::filesystem::path& file, const Wish&);
  // Has somebody the lock for himself?
  static bool is_taken(const std::filesystem::path& file);

  FileLock(FileLock&& other) noexcept
      : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)), shared_(other.shared_) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  FileLock(std::filesystem::path file, int descriptor, bool shared)
      : file_(std::move(file)), descriptor_(descriptor), shared_(shared) {}

  std::filesystem::path file_;
  int descriptor_;
  bool shared_;
};

}  // namespace sluice::engine
