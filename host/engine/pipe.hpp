// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

#include "record/batch.hpp"

namespace sluice::engine {

// A batch on its way, with its size.
struct Parcel {
  record::SharedBatch batch;
  std::uint64_t bytes = 0;
};

// Joins the read half and the write half of a lane: a bounded, blocking queue of batches. One thread puts, one takes;
// abort() and ask_flush() may come from any.
//
// A parcel is admitted when the pipe is empty or when it fits. close() lets the taker drain what is there; abort()
// drops it and wakes both sides.
class Pipe {
 public:
  explicit Pipe(std::uint64_t capacity) : capacity_(capacity) {}

  // Blocks until there is room; false when the pipe was aborted.
  bool put(Parcel);
  void close();
  void abort();

  enum class Taken { parcel, flush, end, aborted };
  // Blocks until there is something. `flush`: the pipe is empty and the putting side waits for memory that the taking
  // side may be holding.
  Taken take(Parcel& out);
  void ask_flush();
  // The taking side has let go of all that it can.
  void flushed();

  // Nothing was put since flushed().
  bool is_drained() const;
  bool is_aborted() const;
  // How long put() and take() were blocked.
  std::chrono::nanoseconds put_wait() const;
  std::chrono::nanoseconds take_wait() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Parcel> parcels_;
  const std::uint64_t capacity_;
  std::uint64_t bytes_ = 0;
  bool closed_ = false;
  bool aborted_ = false;
  bool flush_asked_ = false;
  bool drained_ = false;
  std::chrono::nanoseconds put_wait_{0};
  std::chrono::nanoseconds take_wait_{0};
};

}  // namespace sluice::engine
