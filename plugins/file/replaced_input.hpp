// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sluice/schema.hpp"
#include "write_settings.hpp"

namespace sluice::file {

// A file that the reader of the job reads (it says so in the schema) and that the writer would replace or remove;
// empty when there is none.
std::string file_read_and_replaced(const WriteSettings& settings, const Schema& input);

}  // namespace sluice::file
