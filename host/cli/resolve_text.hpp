// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/job_request.hpp"

namespace sluice::cli {

// A script that this program made, read and resolved like one from a file: `name` says which, "<template>" for one that
// has none. Its data sources are those of that file's directory, else of the working one. Offline as `check --offline`
// does it: secrets are not looked up.
ReadJob resolve_text(std::string text, const std::string& name, plugin::Catalogue&, engine::Log&,
                     const DataSourceOptions& = {}, bool offline = true);

}  // namespace sluice::cli
