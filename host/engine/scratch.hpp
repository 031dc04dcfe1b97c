// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <utility>

#include "engine/file_lock.hpp"
#include "plugin/failure.hpp"

namespace sluice::engine {

// A directory below STATE for its owner alone, for what a command needs while it runs. Gone with the object; when the
// process dies, with the next one that sweeps.
class Scratch {
 public:
  static plugin::Result<Scratch> make(const std::filesystem::path& state);
  // Removes those that nobody has any more.
  static void sweep(const std::filesystem::path& state);
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() { remove(); }

  const std::filesystem::path& path() const { return path_; }
  void remove();

 private:
  Scratch(std::filesystem::path path, FileLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::filesystem::path path_;
  FileLock lock_;
};

}  // namespace sluice::engine
