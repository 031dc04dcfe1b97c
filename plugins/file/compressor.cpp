// SPDX-License-Identifier: Apache-2.0
#include "compressor.hpp"

namespace sluice::file {

namespace {

class PassThrough : public Compressor {
 public:
  explicit PassThrough(Sink sink) : sink_(std::move(sink)) {}
  void write(std::string_view bytes) override { sink_(bytes); }
  void finish() override {}

 private:
  Sink sink_;
};

}  // namespace

std::unique_ptr<Compressor> pass_through(Compressor::Sink sink) {
  return std::make_unique<PassThrough>(std::move(sink));
}

std::unique_ptr<Compressor> pack(Compression compression, Compressor::Sink sink) {
  switch (compression) {
    case Compression::gzip:
      return gzip(std::move(sink));
    case Compression::zstd:
      return zstd(std::move(sink));
    case Compression::bzip2:
      return bzip2(std::move(sink));
    case Compression::none:
      break;
  }
  return pass_through(std::move(sink));
}

}  // namespace sluice::file
