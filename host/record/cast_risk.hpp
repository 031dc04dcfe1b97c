// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "record/fault.hpp"
#include "record/schema.hpp"

namespace sluice::record {

// Why a value of the one column might not arrive in the other: every fault that Cast can find there, told from types,
// lengths and NOT NULL alone. None: whatever the value is, it arrives exactly. For pairs that can be cast.
//
// (2 GiB of text in one batch are beside the point here.)
std::vector<Fault> possible_faults(const Field& from, const Field& to, bool has_zone);

}  // namespace sluice::record
