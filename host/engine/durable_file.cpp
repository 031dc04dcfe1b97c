// SPDX-License-Identifier: Apache-2.0
#include "engine/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
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

constexpr const char* aside_extension = ".new";
constexpr FileRange entire{0, std::numeric_limits<std::uint64_t>::max()};

bool sync_directory(const std::filesystem::path& directory) {
  const Descriptor descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor && ::fsync(descriptor.get()) == 0;
}

}  // namespace

namespace {

// `write` answers whether all of it was written; else nothing of it stays.
template <class Function>
plugin::Result<void> append(const std::filesystem::path& file, Function write) {
  std::error_code unknown;  // then open() says what it is
  const bool is_new = !std::filesystem::exists(file, unknown);
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

// What is behind the file's end does not matter.
bool copy(int from, FileRange range, int to) {
  char piece[65536];
  while (range.size > 0) {
    const auto wish = static_cast<std::size_t>(std::min<std::uint64_t>(range.size, sizeof piece));
    const ssize_t got = ::pread(from, piece, wish, static_cast<off_t>(range.offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    if (!write_all(to, {piece, static_cast<std::size_t>(got)})) return false;
    range.offset += static_cast<std::uint64_t>(got);
    range.size -= static_cast<std::uint64_t>(got);
  }
  return true;
}

// `write` answers whether all of it was written; else the file stays as it was.
template <class Function>
plugin::Result<void> replace(const std::filesystem::path& file, Function write) {
  const std::filesystem::path aside = file.string() + aside_extension;
  {
    const Descriptor descriptor(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!descriptor) return failure("cannot open the run's file", aside);
    if (!write(descriptor.get()) || ::fsync(descriptor.get()) != 0) {
      const auto answer = failure("cannot write the run's file", aside);
      ::unlink(aside.c_str());
      return answer;
    }
  }
  if (::rename(aside.c_str(), file.c_str()) != 0 || !sync_directory(file.parent_path()))
    return failure("cannot write the run's file", file);
  return {};
}

}  // namespace

plugin::Result<void> append_durably(const std::filesystem::path& file, std::string_view bytes) {
  return append(file, [&](int to) { return write_all(to, bytes); });
}

plugin::Result<void> append_durably(const std::filesystem::path& file, const std::filesystem::path& content,
                                    std::string_view bytes) {
  const Descriptor from(::open(content.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from) return failure("cannot open the run's file", content);
  return append(file, [&](int to) { return copy(from.get(), entire, to) && write_all(to, bytes); });
}

plugin::Result<void> replace_durably(const std::filesystem::path& file, std::string_view bytes) {
  return replace(file, [&](int to) { return write_all(to, bytes); });
}

void remove_half_written(const std::filesystem::path& directory) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored))
    if (entry.path().extension() == aside_extension) std::filesystem::remove(entry.path(), ignored);
}

namespace {

// Calls take(piece) until the end.
template <class Function>
plugin::Result<void> read_pieces(const std::filesystem::path& file, Function take) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor) return failure("cannot open the run's file", file);
  char piece[65536];
  for (;;) {
    const ssize_t got = ::read(descriptor.get(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("cannot read the run's file", file);
    if (got == 0) return {};
    take(std::string_view(piece, static_cast<std::size_t>(got)));
  }
}

}  // namespace

plugin::Result<std::string> read_file(const std::filesystem::path& file) {
  std::string text;
  if (auto read = read_pieces(file, [&](std::string_view piece) { text += piece; }); !read) return read.error();
  return text;
}

plugin::Result<void> read_lines(const std::filesystem::path& file,
                                const std::function<void(FileRange, std::string_view line)>& take) {
  std::string line;
  std::uint64_t offset = 0;
  return read_pieces(file, [&](std::string_view piece) {
    for (std::size_t end; (end = piece.find('\n')) != std::string_view::npos; piece.remove_prefix(end + 1)) {
      line += piece.substr(0, end + 1);
      take({offset, line.size()}, line);
      offset += line.size();
      line.clear();
    }
    line += piece;
  });
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

plugin::Result<void> cut_durably(const std::filesystem::path& file, const std::vector<FileRange>& ranges) {
  if (ranges.empty()) return {};
  const Descriptor from(::open(file.c_str(), O_RDWR | O_CLOEXEC));
  if (!from) return failure("cannot open the run's file", file);
  const FileRange& last = ranges.back();
  const off_t end = ::lseek(from.get(), 0, SEEK_END);
  if (ranges.size() == 1 && static_cast<off_t>(last.offset + last.size) == end) {
    if (::ftruncate(from.get(), static_cast<off_t>(last.offset)) == 0 && ::fdatasync(from.get()) == 0) return {};
    return failure("cannot write the run's file", file);
  }
  return replace(file, [&](int to) {
    std::uint64_t at = 0;
    for (const FileRange& gone : ranges) {
      if (!copy(from.get(), {at, gone.offset - at}, to)) return false;
      at = gone.offset + gone.size;
    }
    return copy(from.get(), {at, entire.size}, to);
  });
}

}  // namespace sluice::engine
