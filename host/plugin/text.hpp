// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::plugin {

// Bytes that a plugin passed, as they stand; empty when it passed NULL. Valid as long as the plugin's memory is.
std::string_view view(const SluiceString&);

inline SluiceString borrow(std::string_view text) { return {text.data(), text.size()}; }

// Valid UTF-8 whatever came: each broken byte becomes U+FFFD, and what is longer than `limit` bytes is cut between
// two characters.
std::string clean_text(std::string_view, std::size_t limit = SLUICE_MESSAGE_SIZE);

}  // namespace sluice::plugin
