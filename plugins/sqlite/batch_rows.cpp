// SPDX-License-Identifier: Apache-2.0
#include "sqlite/batch_rows.hpp"

#include <algorithm>
#include <string>

#include "sluice/error.hpp"

namespace sluice::sqlite {

// SQLite asks for structs that begin with its own.
struct BatchRows::Vtab {
  sqlite3_vtab base;
  BatchRows* rows;
};
struct BatchRows::Cursor {
  sqlite3_vtab_cursor base;
  BatchRows* rows;
};

struct BatchRows::Module {
  static BatchRows& rows_of(sqlite3_vtab_cursor* cursor) { return *reinterpret_cast<Cursor*>(cursor)->rows; }

  static int connect(sqlite3* db, void* rows, int, const char* const*, sqlite3_vtab** out, char**) {
    std::string declaration = "CREATE TABLE batch(";
    const size_t columns = static_cast<BatchRows*>(rows)->puts_.size();
    for (size_t i = 0; i < columns; ++i) declaration += (i == 0 ? "c" : ", c") + std::to_string(i);
    const int code = sqlite3_declare_vtab(db, (declaration + ")").c_str());
    if (code != SQLITE_OK) return code;
    *out = &(new Vtab{{}, static_cast<BatchRows*>(rows)})->base;
    return SQLITE_OK;
  }
  static int disconnect(sqlite3_vtab* table) {
    delete reinterpret_cast<Vtab*>(table);
    return SQLITE_OK;
  }
  static int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
    info->estimatedCost = 8192;
    info->estimatedRows = 8192;
    return SQLITE_OK;
  }
  static int open(sqlite3_vtab* table, sqlite3_vtab_cursor** out) {
    *out = &(new Cursor{{}, reinterpret_cast<Vtab*>(table)->rows})->base;
    return SQLITE_OK;
  }
  static int close(sqlite3_vtab_cursor* cursor) {
    delete reinterpret_cast<Cursor*>(cursor);
    return SQLITE_OK;
  }
  static int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
    rows_of(cursor).rewind();
    return SQLITE_OK;
  }
  static int next(sqlite3_vtab_cursor* cursor) {
    rows_of(cursor).advance();
    return SQLITE_OK;
  }
  static int eof(sqlite3_vtab_cursor* cursor) { return rows_of(cursor).current() < 0 ? 1 : 0; }
  static int column(sqlite3_vtab_cursor* cursor, sqlite3_context* out, int index) {
    rows_of(cursor).put(out, index);
    return SQLITE_OK;
  }
  static int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
    *out = rows_of(cursor).row_;
    return SQLITE_OK;
  }

  static const sqlite3_module& table() {
    // Without xCreate: the name is there by itself and in no schema.
    static const sqlite3_module module = [] {
      sqlite3_module made{};
      made.xConnect = connect;
      made.xDisconnect = disconnect;
      made.xBestIndex = best_index;
      made.xOpen = open;
      made.xClose = close;
      made.xFilter = filter;
      made.xNext = next;
      made.xEof = eof;
      made.xColumn = column;
      made.xRowid = rowid;
      return made;
    }();
    return module;
  }
};

BatchRows::BatchRows(sqlite3* db, const Schema& schema, const std::vector<DeclaredType>& types) : schema_(schema) {
  for (size_t i = 0; i < types.size(); ++i) puts_.push_back(put_value(types[i], schema[i].type));
  if (sqlite3_create_module_v2(db, name, &Module::table(), this, nullptr) != SQLITE_OK)
    throw internal(std::string("register the batch table: ") + sqlite3_errmsg(db));
}

void BatchRows::load(const Batch& batch, const std::vector<int64_t>& left_out) {
  views_.clear();
  for (size_t i = 0; i < puts_.size(); ++i) views_.push_back(batch.column(i, schema_[i].type));
  left_out_ = &left_out;
}

void BatchRows::unload() {
  views_.clear();
  select(0, 0);
}

void BatchRows::select(int64_t first, int64_t end) {
  first_ = row_ = first;
  end_ = end;
}

void BatchRows::rewind() {
  row_ = first_;
  next_left_out_ =
      static_cast<size_t>(std::lower_bound(left_out_->begin(), left_out_->end(), first_) - left_out_->begin());
  skip_left_out();
  yielded_ = row_ < end_ ? 1 : 0;
}

void BatchRows::advance() {
  ++row_;
  skip_left_out();
  if (row_ < end_) ++yielded_;
}

void BatchRows::skip_left_out() {
  while (next_left_out_ < left_out_->size() && (*left_out_)[next_left_out_] == row_) ++next_left_out_, ++row_;
}

void BatchRows::put(sqlite3_context* out, int column) const {
  const auto index = static_cast<size_t>(column);
  const ColumnView& view = views_[index];
  if (view.is_null(row_)) return sqlite3_result_null(out);
  puts_[index](out, view, row_);
}

}  // namespace sluice::sqlite
