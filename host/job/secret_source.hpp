// SPDX-License-Identifier: Apache-2.0
//
// Where secrets come from. No answer is ever empty, or longer than 64 KiB.
#pragma once

#include <boost/system/result.hpp>
#include <string>

namespace sluice::job {

struct SecretTrouble {
  std::string text;  // what is wrong
  std::string advice;
};
using SecretAnswer = boost::system::result<std::string, SecretTrouble>;

SecretAnswer secret_of_variable(const std::string& name);
// The end of the last line is not part of it.
SecretAnswer secret_of_file(const std::string& path);
// What the shell prints; its error stream is the program's own, so that it can say what it lacks.
SecretAnswer secret_of_command(const std::string& command);

}  // namespace sluice::job
