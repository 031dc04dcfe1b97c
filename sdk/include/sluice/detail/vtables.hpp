// SPDX-License-Identifier: Apache-2.0
// The C tables of the C++ classes. Internal to the SDK: included by plugin.hpp.
#pragma once

namespace sluice::detail {

inline Split split_of(const SluiceSplit& raw) {
  return {std::string(view(raw.key)),
          std::string(view(raw.payload)),
          std::string(view(raw.label)),
          std::string(view(raw.fingerprint)),
          (raw.flags & SLUICE_SPLIT_STABLE) != 0,
          raw.records,
          raw.bytes};
}

template <class Class>
SluiceStatus open_instance(const SluiceContext* context, void** instance, SluiceError* error) noexcept {
  return guard(error, [&] { *instance = std::make_unique<Class>(Context(context)).release(); });
}

template <class Class>
void close_instance(void* instance) noexcept {
  delete static_cast<Class*>(instance);
}

// ---- Reader ----

struct StreamState {
  std::unique_ptr<ReadTask> task;
  Schema schema;
  Error error{SLUICE_OK, ""};
};

inline StreamState& state_of(ArrowArrayStream* stream) { return *static_cast<StreamState*>(stream->private_data); }

inline int stream_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
  StreamState& state = state_of(stream);
  *out = {};
  SluiceError error{};
  error.struct_size = sizeof error;
  const SluiceStatus status = guard(&error, [&] {
    try {
      if (!state.task->next(out)) out->release = nullptr;
    } catch (const Error& e) {
      state.error = e;
      throw;
    }
  });
  if (status != SLUICE_OK && state.error.code() == SLUICE_OK) state.error = Error(status, error.message);
  return status;
}

inline void fill_stream(ArrowArrayStream* out, std::unique_ptr<StreamState> state) {
  *out = {[](ArrowArrayStream* stream, ArrowSchema* schema) {
            return static_cast<int>(guard(nullptr, [&] { state_of(stream).schema.export_to(schema); }));
          },
          &stream_next, [](ArrowArrayStream* stream) { return state_of(stream).error.what(); },
          [](ArrowArrayStream* stream) {
            delete static_cast<StreamState*>(stream->private_data);
            stream->release = nullptr;
          },
          nullptr};
  out->private_data = state.release();
}

template <class Class>
inline constexpr SluiceReader reader_table = {
    sizeof(SluiceReader),
    0,
    &open_instance<Class>,
    [](void* instance, ArrowSchema* out, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->describe().export_to(out); });
    },
    [](void* instance, const SluicePlanRequest* request, const SluiceSplitSink* sink, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->plan(*request, SplitSink(sink)); });
    },
    [](void* instance, const SluiceContext* task, const SluiceSplit* split, ArrowArrayStream* out,
       SluiceError* error) noexcept {
      return guard(error, [&] {
        auto state = std::make_unique<StreamState>();
        auto& reader = *static_cast<Class*>(instance);
        state->task = reader.read(Context(task), split_of(*split));
        state->schema = reader.describe();
        fill_stream(out, std::move(state));
      });
    },
    [](ArrowArrayStream* stream, SluiceError* error) noexcept { state_of(stream).error.store(error); },
    [](ArrowArrayStream* stream) noexcept { state_of(stream).task->cancel(); },
    [](void* instance) noexcept { static_cast<Class*>(instance)->cancel(); },
    &close_instance<Class>};

// ---- Writer ----

inline void copy_text(char* out, size_t size, std::string_view text) {
  const size_t length = std::min(text.size(), size - 1);
  std::memcpy(out, text.data(), length);
  out[length] = '\0';
}

inline void export_plan(const WriterPlan& plan, ArrowSchema* wanted, SluiceOffer* offer) {
  plan.wanted.export_to(wanted);
  offer->flags = plan.target_missing ? SLUICE_TARGET_MISSING : 0u;
  offer->delivery = plan.delivery;
  offer->max_tasks = plan.max_tasks;
  offer->doubles_on_rerun = plan.doubles_on_rerun ? 1 : 0;
  copy_text(offer->reason, sizeof offer->reason, plan.reason);
  copy_text(offer->ddl, sizeof offer->ddl, plan.ddl);
}

template <class Class>
inline constexpr SluiceWriter writer_table = {
    sizeof(SluiceWriter),
    0,
    &open_instance<Class>,
    [](void* instance, const ArrowSchema* input, ArrowSchema* wanted, SluiceOffer* offer, SluiceError* error) noexcept {
      return guard(
          error, [&] { export_plan(static_cast<Class*>(instance)->describe(Schema::import(*input)), wanted, offer); });
    },
    [](void* instance, int32_t mode, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->prepare(mode == SLUICE_PREPARE_RESUME); });
    },
    [](void* instance, SluiceString split, uint32_t attempt, SluiceString token, int32_t* answer,
       SluiceCounters* counters, SluiceError* error) noexcept {
      return guard(error, [&] {
        const Committed found = static_cast<Class*>(instance)->committed(view(split), attempt, view(token));
        *answer = found.answer;
        *counters = found.counters;
      });
    },
    [](void* instance, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->complete(); });
    },
    [](void* instance) noexcept { static_cast<Class*>(instance)->cancel(); },
    &close_instance<Class>,
    [](void* instance, const SluiceContext* task, void** out, SluiceError* error) noexcept {
      return guard(error, [&] { *out = static_cast<Class*>(instance)->start(Context(task)).release(); });
    },
    [](void* task, ArrowArray* batch, int64_t ordinal, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<WriteTask*>(task)->write(Batch(batch), ordinal); });
    },
    [](void* task, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<WriteTask*>(task)->flush(); });
    },
    [](void* task, SluiceString* out, SluiceError* error) noexcept {
      return guard(error, [&] { *out = to_c(static_cast<WriteTask*>(task)->commit_token()); });
    },
    [](void* task, const SluiceCounters* counters, SluiceError* error) noexcept {
      const std::unique_ptr<WriteTask> ended(static_cast<WriteTask*>(task));
      return guard(error, [&] { ended->commit(*counters); });
    },
    [](void* task) noexcept {
      const std::unique_ptr<WriteTask> ended(static_cast<WriteTask*>(task));
      ended->abort();
    },
    [](void* task) noexcept { static_cast<WriteTask*>(task)->cancel(); }};

// ---- Processor ----

template <class Class>
inline constexpr SluiceProcessor processor_table = {
    sizeof(SluiceProcessor),
    0,
    &open_instance<Class>,
    [](void* instance, const ArrowSchema* input, ArrowSchema* out, SluiceError* error) noexcept {
      return guard(error, [&] { static_cast<Class*>(instance)->describe(Schema::import(*input)).export_to(out); });
    },
    &close_instance<Class>,
    [](void* instance, const SluiceContext* task, void** out, SluiceError* error) noexcept {
      return guard(error, [&] { *out = static_cast<Class*>(instance)->start(Context(task)).release(); });
    },
    [](void* task, ArrowArray* in, int64_t ordinal, ArrowArray* out, SluiceError* error) noexcept {
      return guard(error, [&] {
        *out = {};
        static_cast<ProcessTask*>(task)->process(Batch(in), ordinal).release_to(out);
      });
    },
    [](void* task, ArrowArray* out, SluiceError* error) noexcept {
      return guard(error, [&] {
        *out = {};
        static_cast<ProcessTask*>(task)->finish().release_to(out);
      });
    },
    [](void* task) noexcept { delete static_cast<ProcessTask*>(task); }};

// ---- Registration ----

template <class Class>
constexpr SluicePlugin describe_plugin() {
  SluicePlugin plugin{};
  plugin.struct_size = sizeof(SluicePlugin);
  plugin.name = Class::info.name;
  plugin.aliases = Class::info.aliases;
  plugin.version = Class::info.version;
  plugin.description = Class::info.description;
  plugin.options = Class::info.options;
  plugin.get_extension = Class::info.extension;
  if constexpr (std::is_base_of_v<Reader, Class>) {
    plugin.kind = SLUICE_KIND_READER;
    plugin.reader = &reader_table<Class>;
  } else if constexpr (std::is_base_of_v<Writer, Class>) {
    plugin.kind = SLUICE_KIND_WRITER;
    plugin.writer = &writer_table<Class>;
  } else {
    static_assert(std::is_base_of_v<Processor, Class>, "a plugin class derives from Reader, Writer or Processor");
    plugin.kind = SLUICE_KIND_PROCESSOR;
    plugin.processor = &processor_table<Class>;
  }
  return plugin;
}

template <class Class>
inline constexpr SluicePlugin plugin_entry = describe_plugin<Class>();

template <class... Classes>
inline constexpr const SluicePlugin* plugin_list[] = {&plugin_entry<Classes>..., nullptr};

template <class... Classes>
inline constexpr SluicePluginFile plugin_file = {sizeof(SluicePluginFile), SLUICE_ABI_MAJOR, SLUICE_ABI_MINOR, 0,
                                                 plugin_list<Classes...>};

}  // namespace sluice::detail
