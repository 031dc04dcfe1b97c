// SPDX-License-Identifier: Apache-2.0
#include <zstd.h>

#include <new>
#include <string>
#include <vector>

#include "compressor.hpp"

namespace sluice::file {

namespace {

class Zstd : public Compressor {
 public:
  explicit Zstd(Sink sink)
      : sink_(std::move(sink)), context_(ZSTD_createCCtx(), &ZSTD_freeCCtx), packed_(ZSTD_CStreamOutSize()) {
    if (context_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, 3);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  void write(std::string_view bytes) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) step(in, ZSTD_e_continue);
  }
  void finish() override {
    ZSTD_inBuffer in{nullptr, 0, 0};
    while (step(in, ZSTD_e_end) != 0) {
    }
  }

 private:
  std::size_t step(ZSTD_inBuffer& in, ZSTD_EndDirective how) {
    ZSTD_outBuffer out{packed_.data(), packed_.size(), 0};
    const std::size_t left = ZSTD_compressStream2(context_.get(), &out, &in, how);
    if (ZSTD_isError(left) != 0) throw internal(std::string("zstd: ") + ZSTD_getErrorName(left));
    sink_({packed_.data(), out.pos});
    return left;
  }

  Sink sink_;
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_;
  std::vector<char> packed_;
};

}  // namespace

std::unique_ptr<Compressor> zstd(Compressor::Sink sink) { return std::make_unique<Zstd>(std::move(sink)); }

}  // namespace sluice::file
