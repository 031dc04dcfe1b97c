// SPDX-License-Identifier: Apache-2.0
// Base classes of readers, writers and processors, and the macro that registers them. The tags [job], [task]
// and [any-thread] are those of plugin.h. Functions throw `sluice::Error`; it becomes the caller's error.
//
//     struct CountReader : sluice::Reader {
//       static constexpr sluice::PluginInfo info{.name = "count", .version = "1.0.0", .description = "Counts up"};
//       explicit CountReader(sluice::Context context);
//       ...
//     };
//     SLUICE_PLUGINS(CountReader)
//
// sdk/examples/ holds whole plugins.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sluice/batch_view.hpp"
#include "sluice/context.hpp"
#include "sluice/option.hpp"

namespace sluice {

inline constexpr const SluiceOption* no_options[] = {nullptr};

// Static facts of a plugin class: `static constexpr PluginInfo info{...}`.
struct PluginInfo {
  const char* name;
  const char* version;
  const char* description;
  const SluiceOption* const* options = no_options;
  const char* const* aliases = nullptr;
  const void* (*extension)(const char* id) noexcept = nullptr;
};

// What `plan` hands out and `read` gets back. Strings live as long as the object that holds them.
struct Split {
  std::string key;
  std::string payload = {};
  std::string label = {};
  std::string fingerprint = {};
  bool stable = true;
  int64_t records = -1;
  int64_t bytes = -1;
};

class SplitSink {
 public:
  explicit SplitSink(const SluiceSplitSink* raw) : raw_(raw) {}
  void add(const Split& split) const {
    const SluiceSplit c{sizeof(SluiceSplit), split.stable ? SLUICE_SPLIT_STABLE : 0u,
                        to_c(split.key),     to_c(split.payload),
                        to_c(split.label),   to_c(split.fingerprint),
                        split.records,       split.bytes};
    raw_->add(raw_, &c);
  }

 private:
  const SluiceSplitSink* raw_;
};

// Reads one split. Destroyed when the split was read or given up.
class ReadTask {
 public:
  virtual ~ReadTask() = default;
  // [task] Fills `out`; false at the end.
  virtual bool next(ArrowArray* out) = 0;
  // [any-thread] Makes a blocked next() return soon.
  virtual void cancel() noexcept {}
};

// Constructed from a Context: connects. Destroyed: closes.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Schema describe() = 0;                                                 // [job]
  virtual void plan(const SluicePlanRequest& request, const SplitSink&) = 0;     // [job]
  virtual std::unique_ptr<ReadTask> read(Context task, const Split& split) = 0;  // [job] without plan(), too
  virtual void cancel() noexcept {}                                              // [any-thread]
};

// Writes one split.
class WriteTask {
 public:
  virtual ~WriteTask() = default;
  virtual void write(Batch batch, int64_t ordinal) = 0;     // [task]
  virtual void flush() {}                                   // [task] verdicts on all records are due
  virtual std::string_view commit_token() { return {}; }    // [task]
  virtual void commit(const SluiceCounters& counters) = 0;  // [task]
  virtual void abort() noexcept = 0;                        // [task]
  virtual void cancel() noexcept {}                         // [any-thread]
};

// The writer's answer to the schema that arrives.
struct WriterPlan {
  Schema wanted;
  int32_t delivery = SLUICE_AT_LEAST_ONCE;
  std::string reason = {};
  std::string ddl = {};
  uint32_t max_tasks = 0;
  bool target_missing = false;
  bool doubles_on_rerun = false;
};

struct Committed {
  int32_t answer = SLUICE_COMMITTED_UNKNOWN;
  SluiceCounters counters{};
};

class Writer {
 public:
  virtual ~Writer() = default;
  virtual WriterPlan describe(const Schema& input) = 0;                                            // [job]
  virtual void prepare(bool resume) { (void)resume; }                                              // [job]
  virtual Committed committed(std::string_view split, uint32_t attempt, std::string_view token) {  // [job]
    (void)split, (void)attempt, (void)token;
    return {};
  }
  virtual void complete() {}                                   // [job] idempotent
  virtual std::unique_ptr<WriteTask> start(Context task) = 0;  // [job] without prepare(), too
  virtual void cancel() noexcept {}                            // [any-thread]
};

class ProcessTask {
 public:
  virtual ~ProcessTask() = default;
  virtual Batch process(Batch batch, int64_t ordinal) = 0;  // [task] an empty Batch: nothing to pass on yet
  virtual Batch finish() { return {}; }                     // [task] until an empty Batch
};

class Processor {
 public:
  virtual ~Processor() = default;
  virtual Schema describe(const Schema& input) = 0;              // [job]
  virtual std::unique_ptr<ProcessTask> start(Context task) = 0;  // [job]
};

}  // namespace sluice

#include "sluice/detail/vtables.hpp"

// Defines the entry of a plugin file: SLUICE_PLUGINS(MyReader, MyWriter). Once per file, outside namespaces.
#define SLUICE_PLUGINS(...)                                                                 \
  extern "C" SLUICE_EXPORT const SluicePluginFile* SLUICE_PLUGIN_ENTRY(uint32_t) noexcept { \
    return &::sluice::detail::plugin_file<__VA_ARGS__>;                                     \
  }
