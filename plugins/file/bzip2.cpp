// SPDX-License-Identifier: Apache-2.0
#include <bzlib.h>

#include <new>
#include <vector>

#include "compressor.hpp"

namespace sluice::file {

namespace {

class Bzip2 : public Compressor {
 public:
  explicit Bzip2(Sink sink) : sink_(std::move(sink)), packed_(size_t{128} << 10) {
    if (BZ2_bzCompressInit(&stream_, 9, 0, 0) != BZ_OK) throw std::bad_alloc();
  }
  ~Bzip2() override { BZ2_bzCompressEnd(&stream_); }

  void write(std::string_view bytes) override {
    stream_.next_in = const_cast<char*>(bytes.data());  // not written to
    stream_.avail_in = static_cast<unsigned>(bytes.size());
    while (stream_.avail_in != 0) step(BZ_RUN);
  }
  void finish() override {
    while (step(BZ_FINISH) != BZ_STREAM_END) {
    }
  }

 private:
  int step(int action) {
    stream_.next_out = packed_.data();
    stream_.avail_out = static_cast<unsigned>(packed_.size());
    const int status = BZ2_bzCompress(&stream_, action);
    if (status < 0) throw internal("bzip2: the library refused its input");
    sink_({packed_.data(), packed_.size() - stream_.avail_out});
    return status;
  }

  Sink sink_;
  std::vector<char> packed_;
  bz_stream stream_{};
};

}  // namespace

std::unique_ptr<Compressor> bzip2(Compressor::Sink sink) { return std::make_unique<Bzip2>(std::move(sink)); }

}  // namespace sluice::file
