// SPDX-License-Identifier: Apache-2.0
#include <type_traits>

#include "layout.h"

namespace {

// What crosses is plain data, for memcpy between sizes.
template <class... Struct>
constexpr bool plain = ((std::is_standard_layout_v<Struct> && std::is_trivially_copyable_v<Struct>)&&...);
static_assert(plain<SluiceError, SluiceOption, SluiceContext, SluiceReject, SluiceProblem, SluiceSplit, SluiceOffer,
                    SluiceCounters, SluiceReader, SluiceWriter, SluiceProcessor, SluicePlugin, SluicePluginFile>);

// Every sized struct begins with its size.
#define SIZED(type) static_assert(offsetof(type, struct_size) == 0 && sizeof(type::struct_size) == 4)
SIZED(SluiceError);
SIZED(SluiceOption);
SIZED(SluiceContext);
SIZED(SluiceReject);
SIZED(SluiceProblem);
SIZED(SluiceSplit);
SIZED(SluicePlanRequest);
SIZED(SluiceSplitSink);
SIZED(SluiceReader);
SIZED(SluiceOffer);
SIZED(SluiceCounters);
SIZED(SluiceWriter);
SIZED(SluiceProcessor);
SIZED(SluicePlugin);
SIZED(SluicePluginFile);
SIZED(SluiceCheck);
SIZED(SluiceTextSink);
SIZED(SluiceExplain);
SIZED(SluicePing);
SIZED(SluiceDdl);
SIZED(SluiceReadback);
SIZED(SluiceForget);

}  // namespace

const SluicePluginFile* SLUICE_PLUGIN_ENTRY(uint32_t) noexcept { return nullptr; }
