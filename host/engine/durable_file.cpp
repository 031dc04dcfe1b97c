// SPDX-License-Identifier: Apache-2.0
#include "engine/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sluice::engine {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

plugin::Failure failure(const char* what, const std::filesystem::path& file) {
  plugin::Failure failure;
  failure.code = SLUICE_IO;
  failure.message = std::string(what) + ": " + std::strerror(errno) + ": " + file.string();
  return failure;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_directory(const std::filesystem::path& directory) {
  const Descriptor descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor && ::fsync(descriptor.get()) == 0;
}

}  // namespace

namespace {

// `write` answers whether all of it was written; else nothing of it stays.
template <class Function>
plugin::Result<void> append(const std::filesystem::path& file, Function write) {
  const bool is_new = !std::filesystem::exists(file);
  const Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!descriptor) return failure("cannot open the run's file", file);
  const off_t before = ::lseek(descriptor.get(), 0, SEEK_END);
  if (!write(descriptor.get()) || ::fdatasync(descriptor.get()) != 0) {
    const auto answer = failure("cannot write the run's file", file);
    if (::ftruncate(descriptor.get(), before) != 0) return answer;  // half a line is worse than none
    return answer;
  }
  if (is_new && !sync_directory(file.parent_path()))
    return failure("cannot write the run's directory", file.parent_path());
  return {};
}

bool copy_all(int from, int to) {
  char piece[65536];
  for (;;) {
    const ssize_t got = ::read(from, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    if (!write_all(to, {piece, static_cast<std::size_t>(got)})) return false;
  }
}

}  // namespace

plugin::Result<void> append_durably(const std::filesystem::path& file, std::string_view bytes) {
  return append(file, [&](int to) { return write_all(to, bytes); });
}

plugin::Result<void> append_durably(const std::filesystem::path& file, const std::filesystem::path& content,
                                    std::string_view bytes) {
  const Descriptor from(::open(content.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from) return failure("cannot open the run's file", content);
  return append(file, [&](int to) { return copy_all(from.get(), to) && write_all(to, bytes); });
}

plugin::Result<void> replace_durably(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path aside = file.string() + ".new";
  {
    const Descriptor descriptor(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!descriptor) return failure("cannot open the run's file", aside);
    if (!write_all(descriptor.get(), bytes) || ::fsync(descriptor.get()) != 0) {
      const auto answer = failure("cannot write the run's file", aside);
      ::unlink(aside.c_str());
      return answer;
    }
  }
  if (::rename(aside.c_str(), file.c_str()) != 0 || !sync_directory(file.parent_path()))
    return failure("cannot write the run's file", file);
  return {};
}

plugin::Result<std::string> read_file(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor) return failure("cannot open the run's file", file);
  std::string text;
  char piece[65536];
  for (;;) {
    const ssize_t got = ::read(descriptor.get(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("cannot read the run's file", file);
    if (got == 0) return text;
    text.append(piece, static_cast<std::size_t>(got));
  }
}

plugin::Result<void> remove_durably(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0) {
    if (errno == ENOENT) return {};
    return failure("cannot remove the run's file", file);
  }
  if (!sync_directory(file.parent_path())) return failure("cannot write the run's directory", file.parent_path());
  return {};
}

plugin::Result<void> move_durably(const std::filesystem::path& directory, const std::filesystem::path& to) {
  if (::rename(directory.c_str(), to.c_str()) != 0) return failure("cannot move the run's directory", directory);
  for (const auto& parent : {to.parent_path(), directory.parent_path()})
    if (!sync_directory(parent)) return failure("cannot write the run's directory", parent);
  return {};
}

plugin::Result<void> cut_durably(const std::filesystem::path& file, std::uint64_t offset, std::uint64_t size) {
  auto text = read_file(file);
  if (!text) return text.error();
  text->erase(offset, size);
  return replace_durably(file, *text);
}

}  // namespace sluice::engine
