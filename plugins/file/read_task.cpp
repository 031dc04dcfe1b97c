// SPDX-License-Identifier: Apache-2.0
#include "read_task.hpp"

#include "open_text.hpp"
#include "sluice/utf8.hpp"

namespace sluice::file {

namespace {

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

RecordTask::RecordTask(Context context, const Schema& schema, const std::vector<Column>& columns,
                       std::unique_ptr<Cutter> cutter, std::string path)
    : context_(context), builder_(schema), cutter_(std::move(cutter)), path_(std::move(path)) {
  for (std::size_t i = 0; i < columns.size(); ++i) parsers_.emplace_back(columns[i], builder_.column(i));
}

// A batch without a record is none of the end: all that was read for it was refused.
bool RecordTask::next(ArrowArray* out) {
  const auto target = context_.batch_target();
  std::uint64_t bytes = 0, seen = 0;
  const auto has_room = [&] { return static_cast<std::uint64_t>(rows_) < target.records && bytes < target.bytes; };
  bool more = true;
  while (has_room() && (more = cutter_->next(record_))) {
    bytes += record_.raw.size() + 1;
    take(record_);
    if (++seen % 1024 == 0) context_.throw_if_cancelled();
  }
  if (rows_ == 0 && !more) return false;
  builder_.finish(out);
  rows_ = 0;
  return true;
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

DelimitedTask::DelimitedTask(Context context, const Schema& schema, Layout layout, const ReadSettings& settings,
                             std::unique_ptr<Cutter> cutter, std::string path)
    : RecordTask(context, schema, layout.columns, std::move(cutter), std::move(path)),
      layout_(std::move(layout)),
      grammar_(settings.grammar),
      null_format_(settings.format.null_format),
      null_begin_(null_format_.empty() ? grammar_.quote : null_format_[0]),
      is_plain_(!grammar_.backslash) {
  for (std::size_t i = 0; i < parsers_.size(); ++i) {
    const Column& column = layout_.columns[i];
    cells_.push_back({&parsers_[i], column.index.value_or(0), column.constant ? &*column.constant : nullptr});
  }
}

bool DelimitedTask::append(const Record& record) {
  if (!has_right_count(record)) return false;
  for (const Cell& cell : cells_) {
    const char* why = cell.constant == nullptr ? append_field(*cell.parser, record.fields[cell.field].text())
                                               : append_constant(*cell.parser, *cell.constant);
    if (why != nullptr) return refuse(record, "parse", why, static_cast<std::int32_t>(&cell - cells_.data()));
  }
  return true;
}

bool DelimitedTask::has_right_count(const Record& record) {
  const std::size_t count = record.fields.size();
  if (layout_.fields ? count == *layout_.fields : count >= layout_.least_fields) return true;
  const std::string wanted =
      layout_.fields ? std::to_string(*layout_.fields) : "at least " + std::to_string(layout_.least_fields);
  return refuse(record, "fields", "wrong number of fields: " + std::to_string(count) + " instead of " + wanted);
}

inline const char* DelimitedTask::append_field(ValueParser& parser, std::string_view field) {
  if (field.empty() || field[0] == grammar_.quote || field[0] == null_begin_ || !is_plain_)
    return append_special(parser, field);
  return parser.append_in_window(field);
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

JsonTask::JsonTask(Context context, const Schema& schema, Layout layout, const ReadSettings& settings,
                   std::unique_ptr<Cutter> cutter, std::string path)
    : RecordTask(context, schema, layout.columns, std::move(cutter), std::move(path)),
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
