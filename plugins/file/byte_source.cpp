// SPDX-License-Identifier: Apache-2.0
#include "byte_source.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

namespace sluice::file {

FileSource::FileSource(const std::string& path, std::uint64_t begin, std::uint64_t soft_end)
    : path_(path), file_(open_to_read(path)), at_(begin), soft_end_(soft_end) {
  size_ = static_cast<std::uint64_t>(status_of(file_, path).st_size);
  ::posix_fadvise(file_.get(), static_cast<off_t>(begin), 0, POSIX_FADV_SEQUENTIAL);
}

std::size_t FileSource::read(char* to, std::size_t size) {
  const std::uint64_t end = at_ < soft_end_ ? std::min(soft_end_, size_) : size_;
  if (at_ >= end) return 0;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, end - at_));
  ssize_t got;
  do got = ::pread(file_.get(), to, wanted, static_cast<off_t>(at_));
  while (got < 0 && errno == EINTR);
  if (got < 0) throw system_error("cannot read", path_, errno);
  if (got == 0) throw conflict("the file became shorter while it was being read: " + path_);
  at_ += static_cast<std::uint64_t>(got);
  return static_cast<std::size_t>(got);
}

std::unique_ptr<ByteSource> unpack(Compression compression, std::unique_ptr<ByteSource> packed, const std::string& path,
                                   BufferMemory memory) {
  switch (compression) {
    case Compression::gzip:
      return gunzip(std::move(packed), path);
    case Compression::zstd:
      return unzstd(std::move(packed), path, std::move(memory));
    case Compression::bzip2:
      return bunzip2(std::move(packed), path);
    case Compression::none:
      break;
  }
  return packed;
}

}  // namespace sluice::file
