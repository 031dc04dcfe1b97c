// SPDX-License-Identifier: Apache-2.0
// The extension sluice.check/1 from a function: offline rules over the parameters, each breach reported through
// context.error() or context.warn(). [any-thread]
//
//     void check(const sluice::Context& context);
//     static constexpr sluice::PluginInfo info{..., .extension = sluice::check_extension<&check>};
#pragma once

#include <string_view>

#include "sluice/context.hpp"

namespace sluice {

template <auto Check>
inline constexpr SluiceCheck check_table = {sizeof(SluiceCheck), 0,
                                            [](const SluiceContext* context, SluiceError* error) noexcept {
                                              return guard(error, [&] { Check(Context(context)); });
                                            }};

// For plugins whose one extension it is; others compare ids themselves and answer &check_table<...>.
template <auto Check>
const void* check_extension(const char* id) noexcept {
  return std::string_view(id) == SLUICE_EXT_CHECK ? &check_table<Check> : nullptr;
}

}  // namespace sluice
