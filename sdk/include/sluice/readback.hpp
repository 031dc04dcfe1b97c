// SPDX-License-Identifier: Apache-2.0
// sluice.readback/1 of a writer class, see readback.h:
//
//     struct MyWriter : sluice::Writer {
//       Readback readback();   // after describe()
//       static constexpr PluginInfo info{..., .extension = sluice::extensions_and_readback<MyWriter>};
//     };
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sluice/extension.hpp"
#include "sluice/readback.h"

namespace sluice {

// How what a job has written is read again.
struct Readback {
  std::string reader = {};                                           // the plugin; empty: there is nothing
  std::vector<std::pair<std::string, std::string>> parameters = {};  // by path
  std::string others = {};  // why the target may hold other records, too; empty: it may not
};

template <class Class>
inline constexpr SluiceReadback readback_table = {
    sizeof(SluiceReadback), 0, [](void* instance, const SluiceTextSink* raw, SluiceError* error) noexcept {
      return guard(error, [&] {
        const Readback answer = static_cast<Class*>(instance)->readback();
        const TextSink sink(raw);
        if (!answer.reader.empty()) sink.emit("reader", "", answer.reader);
        for (const auto& [path, value] : answer.parameters) sink.emit("parameter", path, value);
        if (!answer.others.empty()) sink.emit("others", "", answer.others);
      });
    }};

// Beside those of extension.hpp.
template <class Class>
const void* extensions_and_readback(const char* id) noexcept {
  return std::string_view(id) == SLUICE_EXT_READBACK ? &readback_table<Class> : extensions<Class>(id);
}

}  // namespace sluice
