// SPDX-License-Identifier: Apache-2.0
#include "launch/wire.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstring>

using namespace sluice::launch;
using namespace std::chrono_literals;

namespace {

std::array<int, 2> connected_sockets() {
  int sockets[2]{};
  BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0);
  return {sockets[0], sockets[1]};
}

struct Ends {
  const std::array<int, 2> sockets = connected_sockets();
  Wire near{sockets[0]}, far{sockets[1]};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(wire_test)

BOOST_AUTO_TEST_CASE(messages_come_through_one_by_one) {
  Ends ends;
  boost::json::object message;
  BOOST_TEST((ends.far.receive(message, 0ms) == Wire::State::nothing_yet));
  for (const int n : {1, 2}) BOOST_TEST(ends.near.send({{"n", n}, {"text", std::string(100'000, 'x')}}));
  for (const int n : {1, 2}) {
    BOOST_REQUIRE((ends.far.receive(message, 1000ms) == Wire::State::message));
    BOOST_TEST(message.at("n").as_int64() == n);
  }
}

BOOST_AUTO_TEST_CASE(an_end_that_is_closed_is_gone) {
  Ends ends;
  boost::json::object message;
  { const Wire closed = std::move(ends.near); }
  BOOST_TEST((ends.far.receive(message, 1000ms) == Wire::State::gone));
  BOOST_TEST(!ends.far.send({}));
}

BOOST_AUTO_TEST_CASE(what_is_no_message_breaks_the_wire) {
  for (const std::string text : {"{\"text\":\"\xFF\"}", "[]", "{"}) {
    Ends ends;
    const auto length = static_cast<std::uint32_t>(text.size());
    std::string frame(reinterpret_cast<const char*>(&length), sizeof length);
    frame += text;
    BOOST_REQUIRE(::send(ends.sockets[0], frame.data(), frame.size(), 0) == static_cast<ssize_t>(frame.size()));
    boost::json::object message;
    BOOST_TEST((ends.far.receive(message, 1000ms) == Wire::State::broken));
  }
}

BOOST_AUTO_TEST_SUITE_END()
