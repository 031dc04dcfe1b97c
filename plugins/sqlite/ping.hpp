// SPDX-License-Identifier: Apache-2.0
// The connection test: is the file there, is it a database, can it be written.
#pragma once

#include "sluice/extension.hpp"
#include "sqlite/connection.hpp"

namespace sluice::sqlite {

// Emits one line a step; nothing is created or changed.
void ping_file(Opening opening, bool for_writing, const TextSink& sink);

}  // namespace sluice::sqlite
