// SPDX-License-Identifier: Apache-2.0
#include <isa-l/igzip_lib.h>

#include <vector>

#include "compressor.hpp"

namespace sluice::file {

namespace {

class Gzip : public Compressor {
 public:
  explicit Gzip(Sink sink) : sink_(std::move(sink)), work_(ISAL_DEF_LVL2_DEFAULT), packed_(size_t{128} << 10) {
    isal_deflate_init(&stream_);
    stream_.gzip_flag = IGZIP_GZIP;
    stream_.level = 2;
    stream_.level_buf = work_.data();
    stream_.level_buf_size = static_cast<std::uint32_t>(work_.size());
  }

  void write(std::string_view bytes) override {
    stream_.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(bytes.data()));  // not written to
    stream_.avail_in = static_cast<std::uint32_t>(bytes.size());
    do step();
    while (stream_.avail_in != 0 || stream_.avail_out == 0);
  }
  void finish() override {
    stream_.end_of_stream = 1;
    do step();
    while (stream_.internal_state.state != ZSTATE_END);
  }

 private:
  void step() {
    stream_.next_out = packed_.data();
    stream_.avail_out = static_cast<std::uint32_t>(packed_.size());
    if (isal_deflate(&stream_) != COMP_OK) throw internal("gzip: the library refused its input");
    sink_({reinterpret_cast<const char*>(packed_.data()), packed_.size() - stream_.avail_out});
  }

  Sink sink_;
  std::vector<std::uint8_t> work_;
  std::vector<std::uint8_t> packed_;
  isal_zstream stream_{};
};

}  // namespace

std::unique_ptr<Compressor> gzip(Compressor::Sink sink) { return std::make_unique<Gzip>(std::move(sink)); }

}  // namespace sluice::file
