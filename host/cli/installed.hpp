// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cli/console.hpp"
#include "plugin/catalogue.hpp"

namespace sluice::cli {

// Every plugin that a job could use, loaded, each once. A file that was refused is a warning on the error stream: what
// is made of the list would lack it without a word.
std::vector<const plugin::Plugin*> installed(plugin::Catalogue&, Console&);

}  // namespace sluice::cli
