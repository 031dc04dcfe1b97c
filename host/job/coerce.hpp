// SPDX-License-Identifier: Apache-2.0
//
// Brings a plain value into a wanted type where that loses nothing: "3" is 3, "false" is false, "4MiB" is 4194304;
// "12x" is nothing.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::job {

// `types` is a mask as in plugin.h; arrays and objects are only passed through. `written` is how a number stands in the
// script (may be empty), so that its digits survive where a string is wanted. Nothing when no type fits.
std::optional<boost::json::value> coerce(const boost::json::value& given, std::string_view written,
                                         std::uint32_t types);

// What was given, for messages: "12x" in quotes and cut when long, an array, an object.
std::string shown(const boost::json::value& given);

}  // namespace sluice::job
