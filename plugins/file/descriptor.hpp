// SPDX-License-Identifier: Apache-2.0
// File descriptors and the errors of the file system. Any thread.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "sluice/error.hpp"

namespace sluice::file {

// Owns a file descriptor; move-only.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

// "cannot open: No such file or directory: /data/a.csv", with the status that errno means.
Error system_error(const std::string& what, const std::string& path, int number);

// Throw system_error.
Descriptor open_to_read(const std::string& path);
Descriptor create_file(const std::string& path);
struct stat status_of(const std::string& path);
struct stat status_of(const Descriptor& file, const std::string& path);
void write_all(const Descriptor& file, std::string_view bytes, const std::string& path);
// Lets the disk begin with what was written there, so that sync_file has less to wait for.
void begin_sync(const Descriptor& file, std::uint64_t at, std::uint64_t size);
// Makes what was written, or renamed within a directory, survive a power failure.
void sync_file(const Descriptor& file, const std::string& path);
void sync_directory(const std::string& path);
void rename_file(const std::string& from, const std::string& to);
// Gone afterwards; that it was not there is no error.
void remove_file(const std::string& path);
bool exists(const std::string& path);

}  // namespace sluice::file
