// SPDX-License-Identifier: Apache-2.0
#include "odbc/row_block.hpp"

#include <algorithm>
#include <cstring>

#include "odbc/failure.hpp"

namespace sluice::odbc {

namespace {

constexpr size_t block_bytes = size_t{1} << 20;
constexpr size_t most_rows = 8192;
constexpr size_t first_piece = 16 * 1024;
constexpr size_t longest_raw = 200;

// A column without NULLs whose cells are Arrow's values.
void copy_plain(size_t width, const char* cells, ColumnBuilder& out, size_t count) {
  const auto copy = [&](auto* to) { std::memcpy(to, cells, width * count); };
  switch (width) {
    case 1:
      return copy(out.extend<int8_t>(count));
    case 2:
      return copy(out.extend<int16_t>(count));
    case 4:
      return copy(out.extend<int32_t>(count));
    default:
      return copy(out.extend<int64_t>(count));
  }
}

constexpr CellFault cut_by_driver = {"too-long", "the driver cut the value"};

size_t bytes_of_row(const std::vector<ResultCodec>& codecs) {
  size_t bytes = 0;
  for (const auto& codec : codecs) bytes += codec.cell + sizeof(SQLLEN);
  return bytes;
}

size_t records_of_block(const std::vector<ResultCodec>& codecs, int64_t fetch_size) {
  if (fetch_size > 0) return static_cast<size_t>(fetch_size);
  return std::clamp(block_bytes / bytes_of_row(codecs), size_t{1}, most_rows);
}

// Would every value fit its cell, if the driver's sizes are true?
bool has_open_end(const ResultCodec& codec) { return codec.is_variable && codec.cell >= longest_cell; }

}  // namespace

size_t RowBlock::most_bytes(const std::vector<ResultCodec>& codecs, int64_t fetch_size) {
  return bytes_of_row(codecs) * records_of_block(codecs, fetch_size);
}

RowBlock::RowBlock(Statement& statement, const std::vector<ResultCodec>& codecs, int64_t fetch_size,
                   BufferMemory& memory)
    : statement_(statement), codecs_(codecs), memory_(memory), columns_(codecs.size()) {
  const Connection& connection = statement_.connection();
  const bool variable =
      std::any_of(codecs_.begin(), codecs_.end(), [](const auto& codec) { return codec.is_variable; });
  const bool open_end = std::any_of(codecs_.begin(), codecs_.end(), has_open_end);
  const bool one_by_one = !connection.product().fetches_blocks || (fetch_size == 1 && variable);
  if (one_by_one || (!connection.rereads_blocks() && variable && (open_end || !connection.product().keeps_lengths))) {
    is_bound_ = false;
    piece_.resize(first_piece);
    memory_.shrink_to(first_piece);
    return;
  }
  capacity_ = records_of_block(codecs_, fetch_size);
  // A driver may know better.
  if (!SQL_SUCCEEDED(
          SQLSetStmtAttrW(statement_.raw(), SQL_ATTR_ROW_ARRAY_SIZE, reinterpret_cast<SQLPOINTER>(capacity_), 0)))
    capacity_ = 1;
  SQLULEN granted = 0;
  if (SQL_SUCCEEDED(SQLGetStmtAttrW(statement_.raw(), SQL_ATTR_ROW_ARRAY_SIZE, &granted, 0, nullptr)) && granted > 0)
    capacity_ = std::min<size_t>(capacity_, granted);
  bytes_ = bytes_of_row(codecs_) * capacity_;
  memory_.shrink_to(bytes_);
  bind();
}

void RowBlock::bind() {
  states_.assign(capacity_, SQL_ROW_SUCCESS);
  statement_.set(SQL_ATTR_ROW_BIND_TYPE, SQL_BIND_BY_COLUMN);
  statement_.set(SQL_ATTR_ROW_STATUS_PTR, reinterpret_cast<SQLULEN>(states_.data()));
  statement_.set(SQL_ATTR_ROWS_FETCHED_PTR, reinterpret_cast<SQLULEN>(&fetched_));
  for (size_t i = 0; i < codecs_.size(); ++i) {
    columns_[i].cells.resize(codecs_[i].cell * capacity_);
    columns_[i].lengths.resize(capacity_);
    statement_.check(SQLBindCol(statement_.raw(), static_cast<SQLUSMALLINT>(i + 1), codecs_[i].c_type,
                                columns_[i].cells.data(), static_cast<SQLLEN>(codecs_[i].cell),
                                columns_[i].lengths.data()));
  }
}

bool RowBlock::fetch() {
  const Connection::Busy busy(statement_.connection(), statement_.raw());
  at_ = rows_ = positioned_ = 0;
  if (is_bound_) fetched_ = capacity_ == 1 ? 1 : 0;  // drivers of single rows need not count
  const SQLRETURN code = SQLFetch(statement_.raw());
  if (code == SQL_NO_DATA) return false;
  statement_.check(code);
  rows_ = is_bound_ ? static_cast<size_t>(fetched_) : 1;
  has_warnings_ = code == SQL_SUCCESS_WITH_INFO;
  return rows_ > 0;
}

// Negative lengths but NULL's mean that the driver does not know.
bool RowBlock::is_cut(size_t column, size_t row) const {
  const SQLLEN length = columns_[column].lengths[row];
  return length != SQL_NULL_DATA && static_cast<size_t>(length) > codecs_[column].room();
}

// Records with long values or a driver's complaints are taken one by one.
bool RowBlock::needs_care() const {
  if (!is_bound_) return true;
  for (size_t i = 0; i < codecs_.size(); ++i)
    for (size_t row = at_; row < rows_; ++row)
      if (codecs_[i].terminator + codecs_[i].is_variable != 0 && is_cut(i, row)) return true;
  return has_warnings_ && std::any_of(states_.begin(), states_.begin() + static_cast<ptrdiff_t>(rows_),
                                      [](SQLUSMALLINT state) { return state == SQL_ROW_ERROR; });
}

void RowBlock::decode(BatchBuilder& out, uint64_t most_records, uint64_t most_bytes,
                      const std::function<void(BadRecord)>& on_bad) {
  if (!needs_care()) {
    const auto free = most_records - std::min(most_records, static_cast<uint64_t>(out.size()));
    if (decode_columns(out, std::min<size_t>(rows_ - at_, free))) return;
  }
  while (at_ < rows_ && static_cast<uint64_t>(out.size()) < most_records && out.bytes() < most_bytes)
    if (auto bad = decode_record(out)) on_bad(std::move(*bad));
}

// All or nothing: false when a cell is bad.
bool RowBlock::decode_columns(BatchBuilder& out, size_t count) {
  const int64_t before = out.size();
  for (size_t i = 0; i < codecs_.size(); ++i)
    if (!decode_column(i, out.column(i), count)) {
      out.truncate(before);
      return false;
    }
  at_ += count;
  return true;
}

bool RowBlock::decode_column(size_t column, ColumnBuilder& out, size_t count) const {
  const ResultCodec& codec = codecs_[column];
  const char* cell = columns_[column].cells.data() + at_ * codec.cell;
  const SQLLEN* lengths = columns_[column].lengths.data() + at_;
  if (codec.is_plain && std::find(lengths, lengths + count, SQLLEN{SQL_NULL_DATA}) == lengths + count) {
    copy_plain(codec.cell, cell, out, count);
    return true;
  }
  for (size_t i = 0; i < count; ++i, cell += codec.cell) {
    if (lengths[i] == SQL_NULL_DATA)
      out.append_null();
    else if (codec.decode({cell, static_cast<size_t>(lengths[i])}, codec, out) != nullptr)
      return false;
  }
  return true;
}

std::optional<BadRecord> RowBlock::decode_record(BatchBuilder& out) {
  const int64_t before = out.size();
  std::optional<BadRecord> bad;
  if (is_bound_ && states_[at_] == SQL_ROW_ERROR) {
    const auto all = statement_.diagnoses();
    const Diagnosis first = all.empty() ? Diagnosis{} : all.front();
    bad = BadRecord{-1, std::string(code_of_record(first)), statement_.connection().shown(first.message), ""};
  }
  for (size_t i = 0; i < codecs_.size() && !bad; ++i) {
    const auto value = cell(i);
    if (!value) {
      out.column(i).append_null();
      continue;
    }
    const bool too_long = is_bound_ && !codecs_[i].is_variable && codecs_[i].terminator != 0 && is_cut(i, at_);
    const CellFault* fault = too_long ? &cut_by_driver : codecs_[i].decode(*value, codecs_[i], out.column(i));
    if (fault == nullptr) continue;
    const bool readable = codecs_[i].c_type == SQL_C_CHAR;
    bad = BadRecord{static_cast<int32_t>(i), fault->code, fault->message,
                    readable ? std::string(value->substr(0, longest_raw)) : std::string()};
  }
  ++at_;
  if (piece_.size() > block_bytes) {  // a large value
    std::vector<char>().swap(piece_);
    memory_.shrink_to(bytes_);
  }
  if (bad) out.truncate(before);
  return bad;
}

// The value of the current record; nothing for NULL.
std::optional<std::string_view> RowBlock::cell(size_t column) {
  if (!is_bound_) return read_in_pieces(column);
  const SQLLEN length = columns_[column].lengths[at_];
  if (length == SQL_NULL_DATA) return std::nullopt;
  if (codecs_[column].is_variable && is_cut(column, at_)) {
    if (capacity_ > 1 && positioned_ != at_ + 1)
      statement_.check(
          SQLSetPos(statement_.raw(), static_cast<SQLSETPOSIROW>(at_ + 1), SQL_POSITION, SQL_LOCK_NO_CHANGE));
    positioned_ = at_ + 1;
    return read_in_pieces(column);
  }
  const ResultCodec& codec = codecs_[column];
  const bool has_length = codec.is_variable || codec.terminator != 0;
  const size_t size = has_length ? std::min(static_cast<size_t>(length), codec.room()) : codec.cell;
  return std::string_view(columns_[column].cells.data() + at_ * codec.cell, size);
}

std::optional<std::string_view> RowBlock::read_in_pieces(size_t column) {
  const ResultCodec& codec = codecs_[column];
  const Connection::Busy busy(statement_.connection(), statement_.raw());
  if (piece_.size() < first_piece) piece_.resize(first_piece);
  for (size_t at = 0;;) {
    const size_t free = piece_.size() - at, room = free - codec.terminator;
    SQLLEN length = 0;
    const SQLRETURN code = SQLGetData(statement_.raw(), static_cast<SQLUSMALLINT>(column + 1), codec.c_type,
                                      piece_.data() + at, static_cast<SQLLEN>(free), &length);
    if (code == SQL_NO_DATA) return std::string_view(piece_.data(), at);
    statement_.check(code);
    if (length == SQL_NULL_DATA) return std::nullopt;
    const bool more = length == SQL_NO_TOTAL || static_cast<size_t>(length) > room;
    if (!more) return std::string_view(piece_.data(), at + (codec.is_plain ? codec.cell : static_cast<size_t>(length)));
    at += room;
    const size_t left = length == SQL_NO_TOTAL ? piece_.size() : static_cast<size_t>(length) - room;
    const size_t needed = at + left + codec.terminator + 16;
    memory_.grow_to(bytes_ + needed);
    piece_.resize(needed);
  }
}

}  // namespace sluice::odbc
