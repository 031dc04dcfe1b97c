// SPDX-License-Identifier: Apache-2.0
#include "window.hpp"

#include <cstring>

namespace sluice::file {

bool Window::more() {
  if (ended_) return false;
  if (begin_ != 0) {
    std::memmove(bytes_.data(), begin(), size());
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ + slack + ByteSource::least_room > bytes_.size()) {
    memory_.grow_to(2 * bytes_.size());
    bytes_.resize(2 * bytes_.size());
  }
  const std::size_t room = bytes_.size() - slack - end_;
  const std::size_t got = source_->read(bytes_.data() + end_, room);
  end_ += got;
  if (got != 0) return true;
  ended_ = true;
  if (size() == 0 || end()[-1] == '\n') return false;
  bytes_[end_++] = '\n';
  return true;
}

}  // namespace sluice::file
