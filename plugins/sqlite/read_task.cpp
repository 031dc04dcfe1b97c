// SPDX-License-Identifier: Apache-2.0
#include "sqlite/read_task.hpp"

#include "sqlite/cell.hpp"

namespace sluice::sqlite {

namespace {

// Held over a whole batch: SQLite's own locking in every call is then a counter.
class Held {
 public:
  explicit Held(sqlite3* db) : mutex_(sqlite3_db_mutex(db)) { sqlite3_mutex_enter(mutex_); }
  ~Held() { sqlite3_mutex_leave(mutex_); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  sqlite3_mutex* mutex_;
};

}  // namespace

SqliteReadTask::SqliteReadTask(Context context, Reading reading)
    : context_(context),
      reading_(std::move(reading)),
      connection_(reading_.file->take()),
      statement_(connection_->prepare(reading_.select, "read")),
      builder_(reading_.schema) {}

SqliteReadTask::~SqliteReadTask() {
  statement_ = Statement();
  reading_.file->give(std::move(connection_));
}

bool SqliteReadTask::next(ArrowArray* out) {
  context_.throw_if_cancelled();
  const auto target = context_.batch_target();
  const Held held(connection_->native());
  bytes_ = 0;
  while (!at_end_ && static_cast<uint64_t>(builder_.size()) < target.records && bytes_ < target.bytes)
    if ((at_end_ = !append_record())) reading_.at_end();
  if (builder_.size() == 0) return false;
  builder_.finish(out);
  return true;
}

// False at the end.
bool SqliteReadTask::append_record() {
  if (!statement_.step()) return false;
  ++records_;
  const int64_t before = builder_.size();
  for (size_t i = 0; i < reading_.types.size(); ++i) {
    auto& column = builder_.column(i);
    sqlite3_value* value = sqlite3_column_value(statement_.raw(), static_cast<int>(i));
    const uint64_t bytes = column.bytes();
    if (const BadCell* bad = append_cell(reading_.types[i], value, column)) {
      refuse(i, value, *bad);
      builder_.truncate(before);
      return true;
    }
    bytes_ += column.bytes() - bytes;
  }
  return true;
}

void SqliteReadTask::refuse(size_t column, sqlite3_value* value, const BadCell& bad) {
  const std::string raw = cell_text(value);
  const std::string location = reading_.label + ", record " + std::to_string(records_);
  context_.reject({.column = static_cast<int32_t>(column),
                   .code = bad.code,
                   .message = bad.message,
                   .raw = raw,
                   .location = location});
}

}  // namespace sluice::sqlite
