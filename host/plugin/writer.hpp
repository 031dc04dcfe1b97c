// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/failure.hpp"
#include "plugin/plugin.hpp"
#include "plugin/readback.hpp"
#include "plugin/statement.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::plugin {

// What a writer can do on its target.
struct Offer {
  bool target_missing = false;  // describe again after prepare()
  bool exactly_once = false;
  bool doubles_on_rerun = false;
  std::uint32_t max_tasks = 0;  // 0: any number
  std::string reason;           // why this promise and not a better one
  std::string ddl;              // what exactly-once would create in the destination
};

struct WriterDescription {
  record::Schema wanted;  // as many columns as the input; maybe none while the target is missing
  Offer offer;
};

// The sums of one split.
struct Counters {
  std::uint64_t read = 0, added = 0, written = 0, skipped = 0, filtered = 0, dirty = 0, bytes = 0;

  SluiceCounters raw() const;
  friend bool operator==(const Counters&, const Counters&) = default;
};

struct CommitAnswer {
  enum class Outcome { no, yes, unknown };
  Outcome outcome = Outcome::unknown;
  std::optional<Counters> counters;  // when the writer knows them
};

enum class Prepare { fresh = SLUICE_PREPARE_FRESH, resume = SLUICE_PREPARE_RESUME };

// One split being written. Ended by commit() or abort(), by the destructor at the latest (abort). Moves; calls from
// one thread at a time, cancel() from any, but not while the object itself is being moved or destroyed.
class WriteTask {
 public:
  WriteTask(WriteTask&&) noexcept;
  WriteTask& operator=(WriteTask&&) noexcept;
  ~WriteTask();

  // Gives the batch away, also on failure. record::lend() makes one that the host can still read.
  Result<void> write(ArrowArray batch, std::int64_t ordinal);
  Result<void> flush();
  // Empty when the writer names none.
  Result<std::string> commit_token();
  Result<void> commit(const Counters&);
  void abort();
  void cancel();

 private:
  friend class Writer;
  struct State;
  explicit WriteTask(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

// An open writer. Its calls wait for one another, so several lanes may share it; cancel() waits for none. Tasks must
// be gone before the writer is.
class Writer {
 public:
  static Result<Writer> open(const Plugin& plugin, const SluiceContext* context);
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();  // closes

  const Plugin& plugin() const;
  Result<WriterDescription> describe(const record::Schema& input);
  Result<void> prepare(Prepare);
  Result<CommitAnswer> committed(std::string_view split, std::uint32_t attempt, std::string_view token);
  Result<void> complete();
  Result<WriteTask> start(const SluiceContext* task);
  void cancel();

  // sluice.explain/1: the job's statements; none when the plugin has no such extension.
  Result<std::vector<Statement>> explain();
  // sluice.ddl/1: CREATE TABLE for records of this schema, and its execution. SLUICE_UNSUPPORTED without the extension.
  Result<std::vector<Statement>> create_table(const record::Schema& input);
  Result<void> execute(std::string_view statement);
  // sluice.readback/1, after describe(). SLUICE_UNSUPPORTED without the extension.
  Result<Readback> readback();
  // sluice.forget/1: takes away what a run left in the destination. Does nothing without the extension.
  Result<void> forget(std::string_view run);
  bool can_forget() const;

 private:
  struct State;
  explicit Writer(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace sluice::plugin
