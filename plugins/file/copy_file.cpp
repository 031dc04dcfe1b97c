// SPDX-License-Identifier: Apache-2.0
#include "copy_file.hpp"

#include <cerrno>
#include <vector>

#include "byte_source.hpp"

namespace sluice::file {

namespace {

// File systems that cannot do it, and files that are no plain ones.
bool is_refusal(int number) {
  return number == EXDEV || number == EINVAL || number == ENOSYS || number == EOPNOTSUPP || number == EBADF;
}

void append_by_hand(const std::string& from, std::uint64_t begin, const Descriptor& to, const std::string& to_path) {
  FileSource source(from, begin, begin);
  std::vector<char> piece(size_t{256} << 10);
  while (const std::size_t got = source.read(piece.data(), piece.size())) write_all(to, {piece.data(), got}, to_path);
}

}  // namespace

void append_file(const std::string& from, const Descriptor& to, const std::string& to_path) {
  const Descriptor file = open_to_read(from);
  std::uint64_t copied = 0;
  for (;;) {
    const ssize_t got = ::copy_file_range(file.get(), nullptr, to.get(), nullptr, size_t{1} << 30, 0);
    if (got == 0) return;
    if (got > 0)
      copied += static_cast<std::uint64_t>(got);
    else if (is_refusal(errno))
      return append_by_hand(from, copied, to, to_path);
    else if (errno != EINTR)
      throw system_error("cannot write", to_path, errno);
  }
}

}  // namespace sluice::file
