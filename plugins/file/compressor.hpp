// SPDX-License-Identifier: Apache-2.0
// Packs what is written to a file. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "byte_source.hpp"

namespace sluice::file {

class Compressor {
 public:
  using Sink = std::function<void(std::string_view)>;

  virtual ~Compressor() = default;
  virtual void write(std::string_view bytes) = 0;
  // What is still inside, and the end of the format. Call once.
  virtual void finish() = 0;
};

// Hand packed pieces to `sink`.
std::unique_ptr<Compressor> pass_through(Compressor::Sink sink);
std::unique_ptr<Compressor> gzip(Compressor::Sink sink);
std::unique_ptr<Compressor> zstd(Compressor::Sink sink);
std::unique_ptr<Compressor> bzip2(Compressor::Sink sink);

std::unique_ptr<Compressor> pack(Compression compression, Compressor::Sink sink);

}  // namespace sluice::file
