// SPDX-License-Identifier: Apache-2.0
//
// fault_proxy --to PORT --protocol postgresql --fault commit:2:swallow
// fault_proxy --to PORT --protocol mysql --seed 7 --mean-bytes 100000 --most 20 --stall 200
//
// Listens on 127.0.0.1; the first line of its output is the port, then comes a line for every fault. Ends with its
// standard input.
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read.hpp>
#include <boost/program_options.hpp>
#include <iostream>
#include <vector>

#include "session.hpp"

namespace {

namespace asio = boost::asio;
namespace po = boost::program_options;
using asio::ip::tcp;
using namespace sluice::fault_proxy;

struct Options {
  std::uint16_t to = 0;
  std::string protocol;
  std::vector<std::string> faults;
  std::uint64_t seed = 0, most = 0;
  double mean_bytes = 1;
  unsigned stall = 200;

  void parse(int argc, char** argv) {
    po::options_description all;
    all.add_options()("to", po::value(&to)->required())("protocol", po::value(&protocol)->required())(
        "fault", po::value(&faults))("seed", po::value(&seed))("mean-bytes", po::value(&mean_bytes))(
        "most", po::value(&most))("stall", po::value(&stall));
    po::variables_map given;
    po::store(po::parse_command_line(argc, argv, all), given);
    po::notify(given);
  }
};

class Proxy {
 public:
  Proxy(asio::io_context& io, const Options& options)
      : options_(options), acceptor_(io, {asio::ip::address_v4::loopback(), 0}), input_(io, 0) {
    for (const std::string& fault : options.faults)
      if (!faults_.add(fault)) throw po::error("no such fault: " + fault);
    if (options.most > 0) faults_.at_random(options.seed, options.mean_bytes, options.most);
    if (!make_cutter(options.protocol)) throw po::error("no such protocol: " + options.protocol);
    std::cout << acceptor_.local_endpoint().port() << std::endl;
    accept();
    asio::async_read(input_, asio::buffer(ignored_), [&io](auto...) { io.stop(); });
  }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket client) {
      if (!error)
        std::make_shared<Session>(std::move(client), make_cutter(options_.protocol), faults_,
                                  std::chrono::milliseconds(options_.stall))
            ->start({asio::ip::address_v4::loopback(), options_.to});
      accept();
    });
  }

  const Options& options_;
  Faults faults_;
  tcp::acceptor acceptor_;
  asio::posix::stream_descriptor input_;
  std::array<char, 1> ignored_{};
};

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  options.parse(argc, argv);
  asio::io_context io;
  const Proxy proxy(io, options);
  io.run();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "fault_proxy: " << error.what() << '\n';
  return 2;
}
