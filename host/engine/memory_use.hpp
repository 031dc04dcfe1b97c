// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "job/setting.hpp"

namespace sluice::engine {

// What the pipe of a lane holds at most, but for one batch that is larger by itself.
inline constexpr std::uint64_t pipe_capacity = std::uint64_t{4} << 20;

// How much a writer may collect before its verdicts are due: enough for bulk statements over many batches, little
// enough to stay within the job's memory at any number of lanes. A single lane waits for each verdict, and gets twice
// as much.
std::uint64_t most_held(const job::Setting&, std::uint32_t lanes);

// What the records of a job take at a time when one side keeps the other waiting: full pipes, and what the writers
// hold. `bytes`: of all records, -1 when unknown. Never above `setting.memory`.
std::uint64_t expected_memory(const job::Setting&, std::uint32_t lanes, std::int64_t bytes);

// The most memory that this process has occupied so far, in bytes.
std::uint64_t peak_memory();

}  // namespace sluice::engine
