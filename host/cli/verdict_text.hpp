// SPDX-License-Identifier: Apache-2.0
//
// What a verification has found, for people and as JSON. Keys are shown; other values only where they were asked for.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/console.hpp"
#include "engine/verification.hpp"

namespace sluice::cli {

std::string verdict_text(const engine::Verdict&, const Device&);
boost::json::object verdict_json(const engine::Verdict&);

}  // namespace sluice::cli
