// SPDX-License-Identifier: Apache-2.0
#include "read_task.hpp"

#include <algorithm>

#include "open_text.hpp"
#include "sluice/utf8.hpp"

namespace sluice::file {

namespace {

constexpr std::uint64_t bytes_between_looks = std::uint64_t{256} << 10;

// Few enough for their fields to stay in the innermost cache.
constexpr std::uint64_t records_at_once = 64;

struct FaultText {
  const char* code;
  const char* message;
};

FaultText text_of(Fault fault) {
  switch (fault) {
    case Fault::open_quote:
      return {"open-quote", "a quoted field does not end before the file, or the longest allowed record, does"};
    case Fault::bad_quote:
      return {"parse", "text follows the closing quote of a field; a quote inside a quoted field has to be doubled"};
    default:
      return {"too-long", "the record is longer than maxRecordSize"};
  }
}

}  // namespace

RecordTask::RecordTask(Context context, BatchBuilder builder, const std::vector<Column>& columns,
                       std::unique_ptr<Cutter> cutter, std::string path)
    : context_(context), builder_(std::move(builder)), cutter_(std::move(cutter)), path_(std::move(path)) {
  for (std::size_t i = 0; i < columns.size(); ++i) parsers_.emplace_back(columns[i], builder_.column(i));
}

// A batch without a record is none of the end: all that was read for it was refused.
bool RecordTask::next(ArrowArray* out) {
  const auto target = context_.batch_target();
  std::uint64_t bytes = 0, looked_at = 0;
  const auto room = [&] { return target.records - std::min(target.records, static_cast<std::uint64_t>(rows_)); };
  bool more = true;
  while (more && room() != 0 && bytes < target.bytes) {
    const std::uint64_t some = take_block(room(), target.bytes - bytes);
    bytes += some;
    if (some == 0 && (more = cutter_->next(record_))) {
      bytes += record_.raw.size() + 1;
      take(record_);
    }
    if (bytes - looked_at < bytes_between_looks) continue;
    context_.throw_if_cancelled();
    looked_at = bytes;
  }
  if (rows_ == 0 && !more) return false;
  builder_.finish(out);
  rows_ = 0;
  return true;
}

// Several records at once, column by column; when there is anything wrong with one of them, one after the other.
// Answers their bytes.
std::uint64_t RecordTask::take_block(std::uint64_t most, std::uint64_t bytes) {
  if (block_.width == 0) return 0;
  cutter_->next_block(block_, static_cast<std::size_t>(std::min<std::uint64_t>(most, records_at_once)), bytes);
  if (block_.lines.empty()) return 0;
  std::uint64_t taken = 0;
  bool sound = true;
  for (const RecordBlock::Line& line : block_.lines) {
    taken += line.raw.size() + 1;
    sound = sound && (!line.high_bytes || is_utf8(line.raw));
  }
  if (sound && append_block(block_)) {
    rows_ += static_cast<std::int64_t>(block_.lines.size());
    return taken;
  }
  builder_.truncate(rows_);
  for (std::size_t i = 0; i < block_.lines.size(); ++i) {
    const RecordBlock::Line& line = block_.lines[i];
    record_.fields.assign(&block_.field(i, 0), &block_.field(i, 0) + block_.width);
    record_.raw = line.raw;
    record_.line = line.number;
    record_.high_bytes = line.high_bytes;
    record_.fault = Fault::none;
    take(record_);
  }
  return taken;
}

void RecordTask::take(const Record& record) {
  if (is_sound(record) && append(record))
    ++rows_;
  else
    builder_.truncate(rows_);
}

bool RecordTask::is_sound(const Record& record) {
  if (record.fault != Fault::none) {
    const FaultText text = text_of(record.fault);
    return refuse(record, text.code, text.message);
  }
  if (!record.high_bytes || is_utf8(record.raw)) return true;
  return refuse(record, "encoding", "bytes that are no characters in the file's encoding");
}

bool RecordTask::refuse(const Record& record, std::string_view code, std::string_view message, std::int32_t column) {
  const std::string location = path_ + ":" + std::to_string(record.line);
  context_.reject({.column = column, .code = code, .message = message, .raw = record.raw, .location = location});
  return false;
}

DelimitedTask::DelimitedTask(Context context, BatchBuilder builder, Layout layout, const ReadSettings& settings,
                             std::unique_ptr<Cutter> cutter, std::string path)
    : RecordTask(context, std::move(builder), layout.columns, std::move(cutter), std::move(path)),
      layout_(std::move(layout)),
      grammar_(settings.grammar),
      null_format_(settings.format.null_format),
      null_begin_(null_format_.empty() ? grammar_.quote : null_format_[0]),
      is_plain_(!grammar_.backslash) {
  for (std::size_t i = 0; i < parsers_.size(); ++i) {
    const Column& column = layout_.columns[i];
    cells_.push_back({&parsers_[i], column.index.value_or(0), column.constant ? &*column.constant : nullptr});
  }
  if (is_plain_) block_.width = layout_.fields.value_or(0);
}

bool DelimitedTask::append(const Record& record) {
  if (!has_right_count(record)) return false;
  for (const Cell& cell : cells_)
    if (const char* why = append_cell(cell, record.fields[cell.field].text()))
      return refuse(record, "parse", why, static_cast<std::int32_t>(&cell - cells_.data()));
  return true;
}

bool DelimitedTask::append_block(const RecordBlock& block) {
  return std::all_of(cells_.begin(), cells_.end(), [&](const Cell& cell) { return append_column(cell, block); });
}

// False when a value cannot be read; the column is left as it is then.
bool DelimitedTask::append_column(const Cell& cell, const RecordBlock& block) {
  const std::size_t count = block.lines.size();
  const auto text_of = [first = &block.field(0, cell.field), width = block.width](std::size_t i) {
    return first[i * width].text();
  };
  std::size_t bytes = 0;
  bool is_usual = cell.constant == nullptr;
  for (std::size_t i = 0; is_usual && i < count; ++i) {
    is_usual = !is_special(text_of(i));
    bytes += text_of(i).size();
  }
  if (is_usual && cell.parser->append_usual(count, bytes, text_of)) return true;
  for (std::size_t i = 0; i < count; ++i)
    if (append_cell(cell, text_of(i)) != nullptr) return false;
  return true;
}

bool DelimitedTask::has_right_count(const Record& record) {
  const std::size_t count = record.fields.size();
  if (layout_.fields ? count == *layout_.fields : count >= layout_.least_fields) return true;
  const std::string wanted =
      layout_.fields ? std::to_string(*layout_.fields) : "at least " + std::to_string(layout_.least_fields);
  return refuse(record, "fields", "wrong number of fields: " + std::to_string(count) + " instead of " + wanted);
}

inline bool DelimitedTask::is_special(std::string_view field) const {
  return field.empty() || field[0] == grammar_.quote || field[0] == null_begin_ || !is_plain_;
}

const char* DelimitedTask::append_cell(const Cell& cell, std::string_view field) {
  if (cell.constant != nullptr) return append_constant(*cell.parser, *cell.constant);
  if (is_special(field)) return append_special(*cell.parser, field);
  return cell.parser->append_in_window(field);
}

const char* DelimitedTask::append_constant(ValueParser& parser, const std::string& text) const {
  if (text == null_format_) return parser.append_null(), nullptr;
  return parser.append(text);
}

// What may be NULL, or quoted.
const char* DelimitedTask::append_special(ValueParser& parser, std::string_view field) {
  if (field == null_format_ || (field.empty() && !parser.takes_empty())) return parser.append_null(), nullptr;
  return parser.append(unquoted(grammar_, field, scratch_));
}

JsonTask::JsonTask(Context context, BatchBuilder builder, Layout layout, const ReadSettings& settings,
                   std::unique_ptr<Cutter> cutter, std::string path)
    : RecordTask(context, std::move(builder), layout.columns, std::move(cutter), std::move(path)),
      layout_(std::move(layout)),
      columns_(layout_.columns, !settings.columns),
      null_format_(settings.format.null_format) {}

bool JsonTask::append(const Record& record) {
  if (const char* why = columns_.read(record.raw, values_)) return refuse(record, "parse", why);
  for (std::size_t i = 0; i < parsers_.size(); ++i)
    if (const char* why = append_value(i, values_[i]))
      return refuse(record, "parse", why, static_cast<std::int32_t>(i));
  return true;
}

const char* JsonTask::append_value(std::size_t column, const JsonValue& value) {
  ValueParser& parser = parsers_[column];
  if (const auto& constant = layout_.columns[column].constant) {
    if (*constant == null_format_) return parser.append_null(), nullptr;
    return parser.append(*constant);
  }
  if (value.kind == JsonValue::Kind::null) return parser.append_null(), nullptr;
  if (!value.escaped || value.kind != JsonValue::Kind::string) return parser.append(value.text);
  if (!unescape_json(value.text, scratch_)) return "half of a surrogate pair, which is no character";
  return parser.append(scratch_);
}

}  // namespace sluice::file
