// SPDX-License-Identifier: Apache-2.0
// The extensions of a plugin class, from the members that it has:
//
//     struct MyWriter : sluice::Writer {
//       static void check(const Context&);                         // sluice.check/1: offline rules
//       static void ping(const Context&, const TextSink&);         // sluice.ping/1: a connection test in steps
//       void explain(const Split*, const TextSink&);               // sluice.explain/1: the exact statements
//       void create_table(const Schema& input, const TextSink&);   // sluice.ddl/1, together with
//       void execute(std::string_view statement);
//       Readback readback();                                       // sluice.readback/1, after describe()
//       void forget(std::string_view run_id);                      // sluice.forget/1: takes away what that run left
//       static constexpr PluginInfo info{..., .extension = sluice::extensions<MyWriter>};
//     };
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sluice/forget.h"
#include "sluice/plugin.hpp"
#include "sluice/readback.h"

namespace sluice {

// Where explain, ping and ddl put their lines.
class TextSink {
 public:
  explicit TextSink(const SluiceTextSink* raw) : raw_(raw) {}
  void emit(std::string_view what, std::string_view subject, std::string_view text) const {
    raw_->emit(raw_, to_c(what), to_c(subject), to_c(text));
  }

 private:
  const SluiceTextSink* raw_;
};

template <class Class>
inline constexpr SluiceCheck check_table = {sizeof(SluiceCheck), 0,
                                            [](const SluiceContext* context, SluiceError* error) noexcept {
                                              return guard(error, [&] { Class::check(Context(context)); });
                                            }};

template <class Class>
inline constexpr SluicePing ping_table = {
    sizeof(SluicePing), 0, [](const SluiceContext* context, const SluiceTextSink* sink, SluiceError* error) noexcept {
      return guard(error, [&] { Class::ping(Context(context), TextSink(sink)); });
    }};

template <class Class>
inline constexpr SluiceExplain explain_table = {
    sizeof(SluiceExplain), 0,
    [](void* instance, const SluiceSplit* raw, const SluiceTextSink* sink, SluiceError* error) noexcept {
      return guard(error, [&] {
        const Split split = raw == nullptr ? Split{} : detail::split_of(*raw);
        static_cast<Class*>(instance)->explain(raw == nullptr ? nullptr : &split, TextSink(sink));
      });
    }};

template <class Class>
inline constexpr SluiceDdl ddl_table = {
    sizeof(SluiceDdl), 0,
    [](void* instance, const ArrowSchema* input, const SluiceTextSink* sink, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->create_table(Schema::import(*input), TextSink(sink)); });
    },
    [](void* instance, SluiceString statement, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->execute(view(statement)); });
    }};

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

template <class Class>
inline constexpr SluiceForget forget_table = {
    sizeof(SluiceForget), 0, [](void* instance, SluiceString run_id, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->forget(view(run_id)); });
    }};

template <class Class>
const void* extensions(const char* id) noexcept {
  const std::string_view wanted(id);
  if constexpr (requires { &Class::check; })
    if (wanted == SLUICE_EXT_CHECK) return &check_table<Class>;
  if constexpr (requires { &Class::ping; })
    if (wanted == SLUICE_EXT_PING) return &ping_table<Class>;
  if constexpr (requires { &Class::explain; })
    if (wanted == SLUICE_EXT_EXPLAIN) return &explain_table<Class>;
  if constexpr (requires { &Class::create_table; })
    if (wanted == SLUICE_EXT_DDL) return &ddl_table<Class>;
  if constexpr (requires { &Class::readback; })
    if (wanted == SLUICE_EXT_READBACK) return &readback_table<Class>;
  if constexpr (requires { &Class::forget; })
    if (wanted == SLUICE_EXT_FORGET) return &forget_table<Class>;
  return nullptr;
}

}  // namespace sluice
