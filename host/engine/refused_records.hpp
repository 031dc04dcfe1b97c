// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/keyed_records.hpp"
#include "engine/stored_plan.hpp"

namespace sluice::engine {

// The records that a run's writer has refused: they arrived, but nobody expects them in the target. From its dirty
// file, as `view` looks at them; sorted. Those that can no longer be cast are left out, and so are those beyond a
// million.
std::vector<KeyedRecord> records_refused_by(const std::string& writer, const StoredPlan& plan,
                                            const std::filesystem::path& run_directory, RecordView view,
                                            const record::CastOptions& options);

}  // namespace sluice::engine
