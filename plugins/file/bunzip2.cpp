// SPDX-License-Identifier: Apache-2.0
#include <bzlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "packed_input.hpp"

namespace sluice::file {

namespace {

class Bunzip2 : public ByteSource {
 public:
  Bunzip2(std::unique_ptr<ByteSource> packed, const std::string& path) : input_(std::move(packed), path) { start(); }
  ~Bunzip2() override { BZ2_bzDecompressEnd(&stream_); }

  std::size_t read(char* to, std::size_t size) override {
    stream_.next_out = to;
    stream_.avail_out = static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
    const unsigned room = stream_.avail_out;
    while (stream_.avail_out == room && step()) {
    }
    return room - stream_.avail_out;
  }

 private:
  void start() {
    // The library sets its own members only; input and output go on.
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
    finished_ = false;
  }
  // False at the end of the file.
  bool step() {
    if (stream_.avail_in == 0 && !at_end_) {
      stream_.avail_in = static_cast<unsigned>(input_.fill());
      stream_.next_in = input_.data();
      at_end_ = stream_.avail_in == 0;
    }
    if (finished_) {
      if (stream_.avail_in == 0) return false;
      BZ2_bzDecompressEnd(&stream_);  // another stream follows
      start();
    }
    const unsigned room = stream_.avail_out;
    const int status = BZ2_bzDecompress(&stream_);
    finished_ = status == BZ_STREAM_END;
    if (status != BZ_OK && !finished_)
      throw input_.damaged("bzip2", status == BZ_DATA_ERROR_MAGIC ? "no bzip2 header" : "damaged data");
    if (at_end_ && !finished_ && stream_.avail_out == room) throw input_.truncated("bzip2");
    return true;
  }

  PackedInput input_;
  bz_stream stream_{};
  bool at_end_ = false;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> bunzip2(std::unique_ptr<ByteSource> packed, const std::string& path) {
  return std::make_unique<Bunzip2>(std::move(packed), path);
}

}  // namespace sluice::file
