// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>

namespace sluice::engine {

// All objects with their keys in order: the same content has the same text.
boost::json::value in_order(const boost::json::value&);

}  // namespace sluice::engine
