// SPDX-License-Identifier: Apache-2.0
#include "sql/reach.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "sluice/error.hpp"

namespace sluice::sql {

namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Error told(const TextSink& sink, std::string_view step, Error error) {
  sink.emit(step, "failed", error.what());
  return error;
}

std::string text_of(const addrinfo& address) {
  char text[NI_MAXHOST];
  const int failed = getnameinfo(address.ai_addr, address.ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
  return failed == 0 ? text : "?";
}

Addresses resolve(const std::string& host, const std::string& port, const TextSink& sink) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int failed = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); failed != 0) {
    const std::string text = std::string("no address for this name, ") + gai_strerror(failed) + ": " + host;
    throw told(sink, "resolve", failed == EAI_AGAIN ? unreachable(text).retryable() : not_found(text));
  }
  Addresses addresses(found, freeaddrinfo);
  std::string list;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next)
    list += (list.empty() ? "" : ", ") + text_of(*one);
  sink.emit("resolve", "ok", list);
  return addresses;
}

// Answers with an error number, 0 when somebody listens there.
int connect_to(const addrinfo& address, std::chrono::milliseconds patience) {
  const int socket =
      ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  if (socket < 0) return errno;
  int error = ::connect(socket, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
  if (error == EINPROGRESS) {
    pollfd wait{socket, POLLOUT, 0};
    socklen_t size = sizeof error;
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0)
      error = ETIMEDOUT;
    else
      ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  }
  ::close(socket);
  return error;
}

}  // namespace

void reach(const std::string& host, const std::string& port, std::chrono::milliseconds patience, const TextSink& sink) {
  const Addresses addresses = resolve(host, port, sink);
  int error = 0;
  for (const addrinfo* one = addresses.get(); one != nullptr; one = one->ai_next) {
    error = connect_to(*one, patience);
    if (error == 0) return sink.emit("tcp", "ok", text_of(*one) + ":" + port);
  }
  throw told(
      sink, "tcp",
      unreachable(std::string("nobody answers, ") + std::strerror(error) + ": " + host + ":" + port).retryable());
}

}  // namespace sluice::sql
