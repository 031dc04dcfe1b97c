// SPDX-License-Identifier: Apache-2.0
#include <zstd.h>

#include "packed_input.hpp"

namespace sluice::file {

namespace {

class Unzstd : public ByteSource {
 public:
  Unzstd(std::unique_ptr<ByteSource> packed, const std::string& path, BufferMemory memory)
      : input_(std::move(packed), path), memory_(std::move(memory)), stream_(ZSTD_createDStream(), &ZSTD_freeDStream) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }

  std::size_t read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      if (piece_.pos == piece_.size && !fill()) {
        // A flush of what is left inside; nothing comes of it when a frame is incomplete.
        if (!frame_done_) throw input_.truncated("zstd");
        return 0;
      }
      const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &piece_);
      if (ZSTD_isError(status) != 0) throw input_.damaged("zstd", ZSTD_getErrorName(status));
      memory_.grow_to(ZSTD_sizeof_DStream(stream_.get()));
      frame_done_ = status == 0;
      full_ = out.pos == out.size;
    }
    return out.pos;
  }

 private:
  // False when there is nothing more to hand to the library.
  bool fill() {
    if (full_ && !frame_done_) {  // its output did not fit; it goes on without new input
      full_ = false;
      return true;
    }
    piece_ = {input_.data(), input_.fill(), 0};
    return piece_.size != 0;
  }

  PackedInput input_;
  BufferMemory memory_;
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
  ZSTD_inBuffer piece_{nullptr, 0, 0};
  bool frame_done_ = false;
  bool full_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> packed, const std::string& path, BufferMemory memory) {
  return std::make_unique<Unzstd>(std::move(packed), path, std::move(memory));
}

}  // namespace sluice::file
