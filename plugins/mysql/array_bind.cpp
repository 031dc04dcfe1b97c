// SPDX-License-Identifier: Apache-2.0
#include "mysql/array_bind.hpp"

#include "mysql/value_text.hpp"

namespace sluice::mysql {

void BoundColumn::add_null(const WriteColumn& column) {
  indicators_.push_back(column.skips_null && !column.counts_up ? STMT_INDICATOR_DEFAULT : STMT_INDICATOR_NULL);
  if (type_ == MYSQL_TYPE_LONGLONG)
    numbers_.push_back(0);
  else if (type_ == MYSQL_TYPE_DOUBLE)
    doubles_.push_back(0);
  else
    texts_.push_back(""), lengths_.push_back(0), offsets_.push_back(0);
}

void BoundColumn::fill(const Records& records, Range range, size_t index) {
  const WriteColumn& column = records.columns()[index];
  const bool is_long = column.is_text();
  const bool is_number = column.form == Form::integer || column.form == Form::bits;
  type_ = is_number                       ? MYSQL_TYPE_LONGLONG
          : column.form == Form::floating ? MYSQL_TYPE_DOUBLE
          : column.form == Form::bytes    ? MYSQL_TYPE_BLOB
                                          : MYSQL_TYPE_STRING;
  is_unsigned_ = column.form == Form::bits || column.type.id == TypeId::uint64;
  indicators_.clear(), numbers_.clear(), doubles_.clear(), texts_.clear(), lengths_.clear(), offsets_.clear();
  arena_.clear();
  for (int64_t n = range.first; n < range.first + range.count; ++n) {
    const ColumnView& values = records.values(n)[index];
    const int64_t row = records.row(n);
    if (values.is_null(row)) {
      add_null(column);
      continue;
    }
    indicators_.push_back(STMT_INDICATOR_NONE);
    if (is_number) {
      numbers_.push_back(number_in(column, values, row));
    } else if (type_ == MYSQL_TYPE_DOUBLE) {
      doubles_.push_back(floating_in(column, values, row));
    } else if (is_long) {
      texts_.push_back(values.text(row).data());
      lengths_.push_back(values.text(row).size());
    } else {
      offsets_.push_back(arena_.size());
      lengths_.push_back(write_value(column, values, row, arena_.make_room(longest_value)));
      arena_.used(lengths_.back());
    }
  }
  // Only now does the arena stay where it is.
  if (!is_long && type_ == MYSQL_TYPE_STRING) {
    texts_.clear();
    for (const size_t offset : offsets_) texts_.push_back(arena_.data() == nullptr ? "" : arena_.data() + offset);
  }
}

MYSQL_BIND BoundColumn::bind() const {
  MYSQL_BIND bind{};
  bind.buffer_type = type_;
  bind.is_unsigned = is_unsigned_ ? 1 : 0;
  bind.u.indicator = const_cast<char*>(indicators_.data());
  if (type_ == MYSQL_TYPE_LONGLONG) {
    bind.buffer = const_cast<int64_t*>(numbers_.data());
  } else if (type_ == MYSQL_TYPE_DOUBLE) {
    bind.buffer = const_cast<double*>(doubles_.data());
  } else {
    bind.buffer = const_cast<const char**>(texts_.data());
    bind.length = const_cast<unsigned long*>(lengths_.data());
  }
  return bind;
}

ArrayInsert::ArrayInsert(Connection& connection, const std::string& sql)
    : connection_(connection), statement_(mysql_stmt_init(connection.native())) {
  if (!statement_ || mysql_stmt_prepare(statement_.get(), sql.data(), sql.size()) != 0)
    throw connection_.failure("write");
}

bool ArrayInsert::execute(const Records& records, Range range) {
  columns_.resize(records.columns().size());
  std::vector<MYSQL_BIND> binds;
  for (size_t i = 0; i < columns_.size(); ++i) {
    columns_[i].fill(records, range, i);
    binds.push_back(columns_[i].bind());
  }
  auto count = static_cast<unsigned>(range.count);
  mysql_stmt_attr_set(statement_.get(), STMT_ATTR_ARRAY_SIZE, &count);
  return mysql_stmt_bind_param(statement_.get(), binds.data()) == 0 && mysql_stmt_execute(statement_.get()) == 0;
}

Complaint ArrayInsert::complaint() const {
  return {mysql_stmt_errno(statement_.get()), mysql_stmt_sqlstate(statement_.get()),
          mysql_stmt_error(statement_.get())};
}

Complaint try_prepare(Connection& connection, const std::string& sql, std::string_view doing) {
  MYSQL_STMT* statement = mysql_stmt_init(connection.native());
  if (statement == nullptr) throw connection.failure(doing);
  Complaint complaint;
  if (mysql_stmt_prepare(statement, sql.data(), sql.size()) != 0)
    complaint = {mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement), mysql_stmt_error(statement)};
  mysql_stmt_close(statement);
  // These say nothing about the statement.
  const Meaning meaning = meaning_of(complaint.number, complaint.sqlstate);
  const bool is_passing = meaning.retryable && (meaning.code == SLUICE_UNREACHABLE || meaning.code == SLUICE_CONFLICT);
  if (complaint.number != 0 && (is_passing || is_lost(complaint.number))) throw connection.failure(doing, complaint);
  return complaint;
}

}  // namespace sluice::mysql
