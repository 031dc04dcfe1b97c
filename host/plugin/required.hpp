// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <vector>

namespace sluice::plugin {

// The names of the functions that plugin.h does not call optional and that a table lacks.
std::vector<const char*> missing_functions(const SluiceReader&);
std::vector<const char*> missing_functions(const SluiceWriter&);
std::vector<const char*> missing_functions(const SluiceProcessor&);

}  // namespace sluice::plugin
