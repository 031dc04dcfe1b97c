// SPDX-License-Identifier: Apache-2.0
// The writer's answer to sluice.readback/1: the files that it has published, and what is in them.
#pragma once

#include "row_writer.hpp"
#include "sluice/extension.hpp"
#include "write_settings.hpp"

namespace sluice::file {

// Throws SLUICE_NOT_FOUND when a run would have left a file and none is there.
Readback readback_of(const Context& context, const WriteSettings& settings, const RowFormat& format);

}  // namespace sluice::file
