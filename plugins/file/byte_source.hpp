// SPDX-License-Identifier: Apache-2.0
// Where bytes come from: a file, what a compressed file unpacks to, a text in UTF-8 made of another encoding.
// One thread at a time.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "descriptor.hpp"
#include "sluice/buffer_memory.hpp"

namespace sluice::file {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // What `size` has to be at least: a source that makes UTF-8 of something else needs room for a whole character.
  static constexpr std::size_t least_room = 16;
  // Fills up to `size` bytes (at least one); 0 at the end. Throws sluice::Error.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

// A file from `begin` on. It is read with pread (a file that shrinks meanwhile is an error here, and would kill a
// process that had mapped it). Reads do not cross `soft_end` before everything up to it was read, so that a range
// does not read its neighbour's bytes without need.
class FileSource : public ByteSource {
 public:
  FileSource(const std::string& path, std::uint64_t begin, std::uint64_t soft_end);
  std::size_t read(char* to, std::size_t size) override;

 private:
  std::string path_;
  Descriptor file_;
  std::uint64_t at_;
  std::uint64_t soft_end_;
  std::uint64_t size_;
};

enum class Compression { none, gzip, zstd, bzip2 };

// Unpack `packed`; several members or frames in a row are one text. A truncated or damaged file is SLUICE_BAD_DATA.
// A frame of zstd says how much memory it needs, up to 128 MiB.
std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> packed, const std::string& path);
std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> packed, const std::string& path, BufferMemory memory);
std::unique_ptr<ByteSource> bunzip2(std::unique_ptr<ByteSource> packed, const std::string& path);

std::unique_ptr<ByteSource> unpack(Compression compression, std::unique_ptr<ByteSource> packed, const std::string& path,
                                   BufferMemory memory = {});

}  // namespace sluice::file
