// SPDX-License-Identifier: Apache-2.0
#include <sluice/plugin.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/version.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

std::string abi_version() { return std::to_string(SLUICE_ABI_MAJOR) + "." + std::to_string(SLUICE_ABI_MINOR); }

std::string boost_version() {
  return std::to_string(BOOST_VERSION / 100'000) + "." + std::to_string(BOOST_VERSION / 100 % 1000) + "." +
         std::to_string(BOOST_VERSION % 100);
}

std::string compiler() {
#if defined(__clang__)
  return std::string("clang ") + __clang_version__;
#else
  return std::string("gcc ") + __VERSION__;
#endif
}

std::string as_text() {
  return "sluice " SLUICE_VERSION "\nplugin interface  " + abi_version() + "\nBoost             " + boost_version() +
         "\ncompiler          " + compiler() + "\n";
}

std::string as_json() {
  boost::json::object object{
      {"version", SLUICE_VERSION}, {"abi", abi_version()}, {"boost", boost_version()}, {"compiler", compiler()}};
  return boost::json::serialize(object) + "\n";
}

}  // namespace

int version_command(Given given, Console& console) {
  bool json = false;
  Arguments arguments({.command = "version",
                       .synopsis = "",
                       .description = "Shows the version of the program and of its plugin interface.",
                       .notes = "",
                       .example = "sluice version --json"});
  arguments.add()("json", po::bool_switch(&json), "as JSON");
  if (auto code = arguments.parse(given, console)) return *code;
  return console.print(json ? as_json() : as_text()) ? engine::exit_code::done : engine::exit_code::failed;
}

}  // namespace sluice::cli
