// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace sluice::sql {

// Bytes of a task's buffer that are not taken from the job's memory: what records of usual sizes need.
inline constexpr uint64_t free_buffer = uint64_t{1} << 20;

}  // namespace sluice::sql
