// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "plugin/failure.hpp"
#include "plugin/plugin.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"
#include "record/validate.hpp"

namespace sluice::plugin {

// What plugins hand over is looked at here, before anything else sees it. Both take what they are given, also on
// failure.

Result<record::Schema> take_schema(const Plugin&, std::string_view call, ArrowSchema*);

// Nothing for an array that was left released.
Result<std::optional<record::Batch>> take_batch(const Plugin&, std::string_view call, ArrowArray*,
                                                const record::Schema&, record::Validation);

// Equal types and names, column by column.
bool same_shape(const record::Schema&, const record::Schema&);

}  // namespace sluice::plugin
