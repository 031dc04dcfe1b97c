// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <type_traits>

#include "layout.h"

namespace {

// A function that may throw must not become part of a table.
using Close = decltype(SluiceReader::close);
using Throwing = void (*)(void*);
using Silent = void (*)(void*) noexcept;
static_assert(!std::is_convertible_v<Throwing, Close>);
static_assert(std::is_convertible_v<Silent, Close>);
static_assert(!std::is_convertible_v<const SluicePluginFile* (*)(uint32_t), SluiceEntryFunction>);

// The entry's symbol carries the major version.
static_assert(std::string_view(SLUICE_PLUGIN_ENTRY_NAME).substr(0, 21) == "sluice_plugin_entry_v");
static_assert(std::string_view(SLUICE_PLUGIN_ENTRY_NAME).substr(21) == "0" && SLUICE_ABI_MAJOR == 0);

}  // namespace

const SluicePluginFile* SLUICE_PLUGIN_ENTRY(uint32_t) noexcept { return nullptr; }
