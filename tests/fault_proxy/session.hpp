// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "faults.hpp"
#include "message_cutter.hpp"

namespace sluice::fault_proxy {

// One client and its connection to the server: bytes pass in both directions, but for the faults. Lives as long as
// something is under way. One thread.
class Session : public std::enable_shared_from_this<Session> {
 public:
  using tcp = boost::asio::ip::tcp;

  Session(tcp::socket client, std::unique_ptr<MessageCutter> cutter, Faults& faults, std::chrono::milliseconds stall);
  void start(const tcp::endpoint& server);

 private:
  struct Way {
    tcp::socket &from, &to;
    std::array<char, 65536> piece{};
    std::string rest{};  // of a message that is not whole yet
    std::string out{};
    boost::asio::steady_timer pause{from.get_executor()};
  };

  void read(Way& way);
  void arrived(Way& way, std::size_t size);
  std::optional<Action> cut_messages();
  void pass(Way& way);
  void close(bool reset);

  tcp::socket client_, server_;
  Way up_{client_, server_}, down_{server_, client_};
  const std::unique_ptr<MessageCutter> cutter_;
  Faults& faults_;
  const std::chrono::milliseconds stall_;
  std::optional<Action> at_answer_;  // what becomes of the server's next word
};

}  // namespace sluice::fault_proxy
