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
      builder_(reading_.schema, reading_.buffers),
      values_(reading_.types.size()) {
  if (reading_.in_rows)
    sqlite3_create_function_v2(connection_->native(), row_function, -1, SQLITE_UTF8, this, &SqliteReadTask::on_row,
                               nullptr, nullptr, nullptr);
  context_.debug("reads: " + reading_.select);
  statement_ = connection_->prepare(reading_.select, "read");
  for (size_t i = 0; i < builder_.columns(); ++i) {
    columns_.push_back(&builder_.column(i));
    if (columns_.back()->type().is_variable()) variable_columns_.push_back(columns_.back());
    fixed_bytes_ += columns_.back()->type().width();
  }
}

bool SqliteReadTask::next(ArrowArray* out) {
  context_.throw_if_cancelled();
  const auto target = context_.batch_target();
  const Held held(connection_->native());
  size_ = 0;
  const auto has_room = [&] { return static_cast<uint64_t>(size_) < target.records && bytes() < target.bytes; };
  while (!at_end_ && (size_ == 0 || has_room()))
    if ((at_end_ = !read_record())) reading_.at_end();
  if (size_ == 0) return false;
  builder_.finish(out);
  return true;
}

uint64_t SqliteReadTask::bytes() const {
  uint64_t sum = static_cast<uint64_t>(size_) * fixed_bytes_;
  for (const ColumnBuilder* column : variable_columns_) sum += column->bytes();
  return sum;
}

// False at the end.
bool SqliteReadTask::read_record() {
  try {
    if (!statement_.step()) return false;
  } catch (const Error&) {
    if (thrown_) std::rethrow_exception(thrown_);
    throw;
  }
  if (reading_.in_rows) return true;
  for (size_t i = 0; i < values_.size(); ++i) values_[i] = sqlite3_column_value(statement_.raw(), static_cast<int>(i));
  append_record(values_.data());
  return true;
}

void SqliteReadTask::on_row(sqlite3_context* call, int, sqlite3_value** values) noexcept {
  auto& task = *static_cast<SqliteReadTask*>(sqlite3_user_data(call));
  try {
    task.append_record(values);
  } catch (...) {
    task.thrown_ = std::current_exception();
    sqlite3_result_error(call, "the record cannot be taken", -1);
  }
}

void SqliteReadTask::append_record(sqlite3_value** values) {
  ++records_;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const BadCell* bad = append_cell(reading_.types[i], values[i], *columns_[i]);
    if (bad == nullptr) continue;
    refuse(i, values[i], *bad);
    return builder_.truncate(size_);
  }
  ++size_;
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
