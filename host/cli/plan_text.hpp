// SPDX-License-Identifier: Apache-2.0
//
// What `sluice plan` shows.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/console.hpp"
#include "engine/explanation.hpp"

namespace sluice::cli {

std::string plan_text(const engine::OpenJob&, const engine::Explanation&, const Device&);
boost::json::object plan_json(const engine::OpenJob&, const engine::Explanation&);

}  // namespace sluice::cli
