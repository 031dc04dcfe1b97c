// SPDX-License-Identifier: Apache-2.0
//
// Scripts of other tools that look like a job at first sight.
#pragma once

#include <boost/json/object.hpp>

#include "job/document.hpp"
#include "job/problem.hpp"

namespace sluice::job {

enum class ScriptShape {
  job,      // ours
  datax,    // job.content[]
  version1  // configuration.reader.plugin
};

ScriptShape recognise(const boost::json::object& script);

// True, with a problem that names the shape and the way out, when the script is not ours.
bool refuse_foreign(const boost::json::object& script, const Document& document, Problems& problems);

}  // namespace sluice::job
