// SPDX-License-Identifier: Apache-2.0
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>

#include "packed_input.hpp"

namespace sluice::file {

namespace {

const char* reason_of(int status) {
  switch (status) {
    case ISAL_INCORRECT_CHECKSUM:
      return "the checksum does not match";
    case ISAL_INVALID_WRAPPER:
    case ISAL_UNSUPPORTED_METHOD:
      return "no gzip header";
    default:
      return "damaged data";
  }
}

class Gunzip : public ByteSource {
 public:
  Gunzip(std::unique_ptr<ByteSource> packed, const std::string& path) : input_(std::move(packed), path) {
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
    state_.avail_in = 0;
  }

  std::size_t read(char* to, std::size_t size) override {
    state_.next_out = reinterpret_cast<std::uint8_t*>(to);
    state_.avail_out = static_cast<std::uint32_t>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
    const std::uint32_t room = state_.avail_out;
    while (state_.avail_out == room && step()) {
    }
    return room - state_.avail_out;
  }

 private:
  // False at the end of the file.
  bool step() {
    if (state_.avail_in == 0) fill();
    if (state_.block_state == ISAL_BLOCK_FINISH) {
      if (state_.avail_in == 0) return false;
      isal_inflate_reset(&state_);  // another member
      state_.crc_flag = ISAL_GZIP;
    }
    const std::uint32_t left = state_.avail_in;
    const std::uint32_t room = state_.avail_out;
    const int status = isal_inflate(&state_);
    if (status < 0) throw input_.damaged("gzip", reason_of(status));
    const bool idle = state_.avail_in == left && state_.avail_out == room;
    if (idle && state_.block_state != ISAL_BLOCK_FINISH && at_end_) throw input_.truncated("gzip");
    return true;
  }
  void fill() {
    if (at_end_) return;
    state_.avail_in = static_cast<std::uint32_t>(input_.fill());
    state_.next_in = reinterpret_cast<std::uint8_t*>(input_.data());
    at_end_ = state_.avail_in == 0;
    if (at_end_ && !started_) throw input_.truncated("gzip");
    started_ = true;
  }

  PackedInput input_;
  inflate_state state_{};
  bool at_end_ = false;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> packed, const std::string& path) {
  return std::make_unique<Gunzip>(std::move(packed), path);
}

}  // namespace sluice::file
