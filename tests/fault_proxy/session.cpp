// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace sluice::fault_proxy {

namespace asio = boost::asio;
using boost::system::error_code;

Session::Session(tcp::socket client, std::unique_ptr<MessageCutter> cutter, Faults& faults,
                 std::chrono::milliseconds stall)
    : client_(std::move(client)),
      server_(client_.get_executor()),
      cutter_(std::move(cutter)),
      faults_(faults),
      stall_(stall) {}

void Session::start(const tcp::endpoint& server) {
  server_.async_connect(server, [self = shared_from_this()](error_code error) {
    if (error) return self->close(true);
    for (tcp::socket* socket : {&self->client_, &self->server_}) socket->set_option(tcp::no_delay(true), error);
    self->read(self->up_);
    self->read(self->down_);
  });
}

void Session::read(Way& way) {
  way.from.async_read_some(asio::buffer(way.piece), [self = shared_from_this(), &way](error_code error, std::size_t n) {
    if (error) return self->close(false);
    self->arrived(way, n);
  });
}

void Session::arrived(Way& way, std::size_t size) {
  auto action = faults_.on_bytes(size);
  const std::string_view bytes(way.piece.data(), size);
  if (&way == &up_) {
    up_.rest += bytes;
    if (const auto at_commit = cut_messages()) action = at_commit;
  } else {
    if (at_answer_) return close(*at_answer_ == Action::reset);
    down_.out += bytes;
  }
  if (!action) return pass(way);
  if (*action != Action::stall) return close(*action == Action::reset);
  way.pause.expires_after(stall_);
  way.pause.async_wait([self = shared_from_this(), &way](error_code) { self->pass(way); });
}

// Whole messages go out. What is to happen before they do is the answer; what is to happen to the reply is kept.
std::optional<Action> Session::cut_messages() {
  std::optional<Action> now;
  while (const auto message = cutter_->next(up_.rest)) {
    if (message->is_commit)
      if (const auto action = faults_.on_commit()) {
        const bool arrives = *action == Action::swallow || *action == Action::reset;
        (arrives ? at_answer_ : now) = action;
      }
    up_.out += up_.rest.substr(0, message->size);
    up_.rest.erase(0, message->size);
  }
  return now;
}

void Session::pass(Way& way) {
  asio::async_write(way.to, asio::buffer(way.out), [self = shared_from_this(), &way](error_code error, std::size_t) {
    if (error) return self->close(false);
    way.out.clear();
    self->read(way);
  });
}

void Session::close(bool reset) {
  error_code ignored;
  if (reset) client_.set_option(tcp::socket::linger(true, 0), ignored);
  for (tcp::socket* socket : {&client_, &server_}) {
    if (!reset) socket->shutdown(tcp::socket::shutdown_both, ignored);
    socket->close(ignored);
  }
}

}  // namespace sluice::fault_proxy
