// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <string>

namespace sluice::plugin {

// Why a file is not used: one line for people, without the file's name.
struct Refusal {
  std::string reason;

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

// Looks at a file without loading it: a regular file, a whole shared library (a truncated one would end the process
// when it is loaded), for this machine, with this host's entry symbol. 50 to 100 us. Any thread.
boost::system::result<void, Refusal> inspect(const std::filesystem::path&);

[[noreturn]] void throw_exception_from_error(const Refusal&, const boost::source_location&);

}  // namespace sluice::plugin
