// SPDX-License-Identifier: Apache-2.0
#include "launch/wire.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sluice::launch {
namespace {

using Length = std::uint32_t;

bool send_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

Wire::Wire(Wire&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), buffer_(std::move(other.buffer_)) {}

Wire::~Wire() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Wire::send(const boost::json::object& message) {
  const std::string text = boost::json::serialize(message);
  const auto length = static_cast<Length>(text.size());
  std::string frame(reinterpret_cast<const char*>(&length), sizeof length);
  frame += text;
  return send_all(descriptor_, frame);
}

// False at the end.
bool Wire::fill() {
  char piece[65536];
  const ssize_t got = ::recv(descriptor_, piece, sizeof piece, 0);
  if (got > 0) buffer_.append(piece, static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

Wire::State Wire::receive(boost::json::object& out, std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    Length length = 0;
    if (buffer_.size() >= sizeof length) std::memcpy(&length, buffer_.data(), sizeof length);
    if (buffer_.size() >= sizeof length && buffer_.size() - sizeof length >= length) {
      boost::system::error_code broken;
      auto message = boost::json::parse(std::string_view(buffer_).substr(sizeof length, length), broken);
      buffer_.erase(0, sizeof length + length);
      if (broken || !message.is_object()) return State::broken;
      out = std::move(message.get_object());
      return State::message;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return State::nothing_yet;
    pollfd ready{descriptor_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(left)) > 0 && !fill()) return State::gone;
  }
}

}  // namespace sluice::launch
