// SPDX-License-Identifier: Apache-2.0
#include "read_ahead.hpp"

#include <algorithm>
#include <cstring>

namespace sluice::file {

ReadAhead::ReadAhead(std::unique_ptr<ByteSource> source) : source_(std::move(source)), empty_(pieces) {
  for (Piece& piece : empty_) piece.bytes.resize(size_t{256} << 10);
  thread_ = std::thread([this] { work(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ReadAhead::work() {
  std::exception_ptr failure;
  try {
    for (Piece piece; wait_for_room(piece); hand_over(std::move(piece))) {
      piece.size = source_->read(piece.bytes.data(), piece.bytes.size());
      if (piece.size == 0) break;
    }
  } catch (...) {
    failure = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  failure_ = failure;
  changed_.notify_all();
}

bool ReadAhead::wait_for_room(Piece& piece) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return given_up_ || !empty_.empty(); });
  if (given_up_) return false;
  piece = std::move(empty_.back());
  empty_.pop_back();
  return true;
}

void ReadAhead::hand_over(Piece piece) {
  const std::lock_guard lock(mutex_);
  full_.push_back(std::move(piece));
  changed_.notify_all();
}

std::size_t ReadAhead::read(char* to, std::size_t size) {
  if (at_ == current_.size && !take_piece()) return 0;
  const std::size_t some = std::min(size, current_.size - at_);
  std::memcpy(to, current_.bytes.data() + at_, some);
  at_ += some;
  return some;
}

// False at the end. What the source has thrown is thrown here, behind all that came before it.
bool ReadAhead::take_piece() {
  std::unique_lock lock(mutex_);
  if (!current_.bytes.empty()) empty_.push_back(std::move(current_));
  current_ = {};
  at_ = 0;
  changed_.notify_all();
  changed_.wait(lock, [this] { return ended_ || !full_.empty(); });
  if (full_.empty()) {
    if (failure_) std::rethrow_exception(failure_);
    return false;
  }
  current_ = std::move(full_.front());
  full_.pop_front();
  return true;
}

}  // namespace sluice::file
