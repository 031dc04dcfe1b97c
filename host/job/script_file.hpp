// SPDX-License-Identifier: Apache-2.0
//
// Reads a script's text from a file, or from the standard input for "-".
#pragma once

#include <boost/system/result.hpp>
#include <string>

namespace sluice::job {

// The error says what, where, why and the way out; `kind` is what it calls the file.
boost::system::result<std::string, std::string> read_script(const std::string& file,
                                                            const std::string& kind = "job script");

}  // namespace sluice::job
