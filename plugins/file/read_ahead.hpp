// SPDX-License-Identifier: Apache-2.0
// Lets another thread read a source, a little ahead: unpacking a file takes as long as cutting it into records, so
// the two go on at the same time.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "byte_source.hpp"

namespace sluice::file {

// One thread reads from it; the thread behind ends with the object.
class ReadAhead : public ByteSource {
 public:
  explicit ReadAhead(std::unique_ptr<ByteSource> source);
  ~ReadAhead() override;
  std::size_t read(char* to, std::size_t size) override;

 private:
  static constexpr std::size_t pieces = 4;
  struct Piece {
    std::vector<char> bytes;
    std::size_t size = 0;
  };
  void work();
  bool wait_for_room(Piece& piece);
  void hand_over(Piece piece);
  bool take_piece();

  std::unique_ptr<ByteSource> source_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Piece> full_;    // read, in order
  std::vector<Piece> empty_;  // to be read into
  bool ended_ = false;        // nothing will be added to full_
  bool given_up_ = false;
  std::exception_ptr failure_;
  Piece current_;  // the reader's own
  std::size_t at_ = 0;
  std::thread thread_;
};

}  // namespace sluice::file
