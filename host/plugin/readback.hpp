// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/readback.h>

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "plugin/failure.hpp"
#include "plugin/statement.hpp"

namespace sluice::plugin {

// How what a job has written is read again, as its writer says by sluice.readback/1.
struct Readback {
  std::string reader;              // the plugin; empty: there is nothing to be read
  boost::json::object parameters;  // without those of the connection; texts, still to be linted
  std::string others;              // why the target may hold other records, too; empty: it may not
};

// From the lines of the extension. `where` is for failures.
Result<Readback> read_readback(const std::vector<Statement>& lines, const std::string& where);

}  // namespace sluice::plugin
