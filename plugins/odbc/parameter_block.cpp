// SPDX-License-Identifier: Apache-2.0
#include "odbc/parameter_block.hpp"

#include <algorithm>

#include "odbc/failure.hpp"

namespace sluice::odbc {

namespace {

size_t bytes_of(const ParameterCodec& codec, const ColumnView& view, int64_t row) {
  if (codec.cell != 0) return codec.cell;
  return view.is_null(row) ? 0 : view.text(row).size() * codec.unit;
}

constexpr size_t alignment = 16;

SQLPOINTER pointer(size_t value) { return reinterpret_cast<SQLPOINTER>(value); }

}  // namespace

ParameterBlock::ParameterBlock(Statement& statement, const std::vector<ParameterCodec>& codecs, size_t most_records,
                               size_t most_bytes, BufferMemory memory)
    : statement_(statement),
      codecs_(codecs),
      most_records_(most_records),
      most_bytes_(most_bytes),
      columns_(codecs.size()),
      memory_(std::move(memory)),
      states_(most_records, SQL_PARAM_SUCCESS) {
  if (most_records < 2) return;
  const SQLHSTMT raw = statement_.raw();
  SQLULEN granted = 0;
  takes_arrays_ = SQL_SUCCEEDED(SQLSetStmtAttrW(raw, SQL_ATTR_PARAM_BIND_TYPE, pointer(SQL_PARAM_BIND_BY_COLUMN), 0)) &&
                  SQL_SUCCEEDED(SQLSetStmtAttrW(raw, SQL_ATTR_PARAM_STATUS_PTR, states_.data(), 0)) &&
                  SQL_SUCCEEDED(SQLSetStmtAttrW(raw, SQL_ATTR_PARAMS_PROCESSED_PTR, &processed_, 0)) &&
                  SQL_SUCCEEDED(SQLSetStmtAttrW(raw, SQL_ATTR_PARAMSET_SIZE, pointer(most_records), 0)) &&
                  SQL_SUCCEEDED(SQLGetStmtAttrW(raw, SQL_ATTR_PARAMSET_SIZE, &granted, 0, nullptr)) &&
                  granted == most_records;
}

// Cells of a column are all as wide as its longest value.
size_t ParameterBlock::fit(const std::vector<ColumnView>& columns, std::span<const int64_t> rows) const {
  const size_t most = takes_arrays_ ? std::min(most_records_, rows.size()) : 1;
  std::vector<size_t> widths(codecs_.size(), 0);
  size_t width = codecs_.size() * sizeof(SQLLEN);
  for (size_t i = 0; i < most; ++i) {
    for (size_t k = 0; k < codecs_.size(); ++k) {
      const size_t bytes = bytes_of(codecs_[k], columns[k], rows[i]);
      if (bytes <= widths[k]) continue;
      width += bytes - widths[k];
      widths[k] = bytes;
    }
    if (i > 0 && width * (i + 1) > most_bytes_) return i;
  }
  return most;
}

void ParameterBlock::load(const std::vector<ColumnView>& columns, std::span<const int64_t> rows) {
  loaded_ = rows.size();
  if (takes_arrays_) statement_.set(SQL_ATTR_PARAMSET_SIZE, loaded_);
  size_t bytes = 0;
  for (size_t i = 0; i < codecs_.size(); ++i) {
    columns_[i].at = bytes;
    columns_[i].stride = stride_of(i, columns[i], rows);
    bytes += (columns_[i].stride * rows.size() + alignment - 1) / alignment * alignment;
  }
  // Both at once would be twice the memory.
  if (cells_.size() < bytes) {
    std::vector<char>().swap(cells_);
    memory_.grow_to(bytes);
    cells_.resize(bytes);
  }
  for (size_t i = 0; i < codecs_.size(); ++i) load_column(i, columns[i], rows);
}

size_t ParameterBlock::stride_of(size_t index, const ColumnView& view, std::span<const int64_t> rows) const {
  if (codecs_[index].cell != 0) return codecs_[index].cell;
  size_t longest = codecs_[index].unit;  // drivers want a cell, even for empty texts
  for (const int64_t row : rows) longest = std::max(longest, bytes_of(codecs_[index], view, row));
  return longest;
}

void ParameterBlock::load_column(size_t index, const ColumnView& view, std::span<const int64_t> rows) {
  const ParameterCodec& codec = codecs_[index];
  Column& column = columns_[index];
  column.lengths.resize(std::max(column.lengths.size(), rows.size()));
  char* const cells = cells_.data() + column.at;
  char* cell = cells;
  for (size_t i = 0; i < rows.size(); ++i, cell += column.stride)
    column.lengths[i] =
        view.is_null(rows[i]) ? SQLLEN{SQL_NULL_DATA} : static_cast<SQLLEN>(codec.encode(view, rows[i], codec, cell));
  const size_t size = codec.size != 0 ? codec.size : column.stride / codec.unit;
  statement_.check(SQLBindParameter(statement_.raw(), static_cast<SQLUSMALLINT>(index + 1), SQL_PARAM_INPUT,
                                    codec.c_type, codec.sql_type, size, codec.digits, cells,
                                    static_cast<SQLLEN>(column.stride), column.lengths.data()));
}

std::optional<Diagnosis> ParameterBlock::execute() {
  std::fill(states_.begin(), states_.end(), SQL_PARAM_SUCCESS);
  processed_ = takes_arrays_ ? 0 : loaded_;
  const SQLRETURN code = statement_.try_execute();
  std::optional<Diagnosis> bad;
  if (!SQL_SUCCEEDED(code) && code != SQL_NO_DATA) {
    const auto all = statement_.diagnoses();
    bad = all.empty() ? Diagnosis{} : all.front();
  } else if (code == SQL_SUCCESS_WITH_INFO) {
    const auto all = statement_.diagnoses();
    const auto loss = std::find_if(all.begin(), all.end(), &is_loss);
    const bool refused = std::any_of(states_.begin(), states_.begin() + static_cast<ptrdiff_t>(loaded_),
                                     [](SQLUSMALLINT state) { return state == SQL_PARAM_ERROR; });
    if (loss != all.end())
      bad = *loss;
    else if (refused)
      bad = all.empty() ? Diagnosis{} : all.front();
  }
  if (!bad)
    while (SQL_SUCCEEDED(SQLMoreResults(statement_.raw()))) continue;
  statement_.end_result();
  if (cells_.size() > most_bytes_ + codecs_.size() * alignment) {  // a large record
    std::vector<char>().swap(cells_);
    memory_.shrink_to(0);
  }
  return bad;
}

}  // namespace sluice::odbc
