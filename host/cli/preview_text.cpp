// SPDX-License-Identifier: Apache-2.0
#include "cli/preview_text.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <vector>

#include "cli/display_width.hpp"
#include "cli/quantity_text.hpp"
#include "engine/dirty_file.hpp"
#include "record/column.hpp"
#include "record/value.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;
using engine::Preview;
using engine::PreviewRecord;
using engine::PreviewRefusal;

constexpr std::size_t widest_cell = 40;   // on a terminal
constexpr std::size_t longest_raw = 400;  // bytes of text that never became a record

struct Line {
  std::vector<std::string> cells;
  Style style = Style::plain;
};

bool needs_quotes(std::string_view text) {
  if (text.empty() || text == "NULL" || text.front() == '"' || text.front() == ' ' || text.back() == ' ') return true;
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// Records of an earlier stage than the table's may have other columns: they are shown below it.
bool is_in_table(const PreviewRecord& record, const record::Schema& columns) {
  return record.batch && record.schema->size() == columns.size() &&
         (!record.refusal || record.refusal->stage == "cast");
}

class Grid {
 public:
  Grid(const Preview& preview, const record::Schema& columns, const Device& device)
      : columns_(columns), device_(device) {
    head_ = {{"", ""}, Style::bold};
    types_ = {{"", ""}, Style::faint};
    for (const auto& field : columns.fields()) {
      head_.cells.push_back(cut(field.name));
      types_.cells.push_back(record::name_of(field.type));
    }
    for (std::size_t i = 0; i < preview.records.size(); ++i) add(i, preview.records[i]);
    measure();
  }

  bool fits() const {
    std::size_t width = 0;
    for (const std::size_t one : widths_) width += one + 2;
    return !device_.terminal || width <= device_.width + 2;
  }

  std::string table() const {
    std::string text = line(head_) + line(types_);
    for (const Line& row : rows_) text += line(row);
    return text;
  }

  std::string blocks() const {
    std::size_t widest = 0;
    for (const std::string& name : head_.cells) widest = std::max(widest, display_width(name));
    std::string text;
    for (const Line& row : rows_) {
      text += paint(device_, row.style, "record " + row.cells[0] + row.cells[1]) + "\n";
      for (std::size_t i = 2; i < row.cells.size(); ++i)
        text += "  " + padded(head_.cells[i], widest) + "  " + row.cells[i] + "\n";
    }
    return text;
  }

 private:
  std::string cut(const std::string& text) const { return device_.terminal ? cut_to_width(text, widest_cell) : text; }

  void add(std::size_t at, const PreviewRecord& record) {
    Line row{{std::to_string(at + 1), record.refusal ? "!" : ""}, record.refusal ? Style::warning : Style::plain};
    for (std::size_t i = 0; i < columns_.size() && is_in_table(record, columns_); ++i)
      row.cells.push_back(cut(cell_text(*record.batch, *record.schema, record.row, i)));
    rows_.push_back(std::move(row));
  }

  void measure() {
    widths_.resize(head_.cells.size());
    const auto widen = [this](const Line& row) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) widths_[i] = std::max(widths_[i], display_width(row.cells[i]));
    };
    widen(head_);
    widen(types_);
    for (const Line& row : rows_) widen(row);
  }

  std::string line(const Line& row) const {
    std::string text;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool is_number = i == 0 || (i >= 2 && record::is_number(columns_.type(i - 2).id));
      text += (i < 2 ? "" : "  ") + padded(row.cells[i], widths_[i], is_number);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return paint(device_, row.style, text) + '\n';
  }

  const record::Schema& columns_;
  const Device& device_;
  Line head_, types_;
  std::vector<Line> rows_;
  std::vector<std::size_t> widths_;
};

std::string reason_text(const PreviewRefusal& why) {
  std::string text = why.code;
  if (!why.column.empty()) text += " in column " + why.column;
  text += ", step " + why.step + ": " + why.message;
  if (!why.location.empty()) text += " (" + why.location + ")";
  return text;
}

std::string values_text(const PreviewRecord& record) {
  std::string text = record.batch ? json::serialize(record::json_of(*record.batch, *record.schema, record.row))
                                  : json::serialize(json::string(record.refusal->raw));
  if (text.size() > longest_raw) text = cut_to_width(text, longest_raw) + " (" + bytes_text(text.size()) + ")";
  return text;
}

std::string reasons_text(const Preview& preview, const record::Schema& columns, const Device& device) {
  std::string text;
  for (std::size_t i = 0; i < preview.records.size(); ++i) {
    const PreviewRecord& record = preview.records[i];
    if (!record.refusal) continue;
    text += paint(device, Style::warning, "record " + std::to_string(i + 1) + " is dirty: ") +
            reason_text(*record.refusal) + '\n';
    if (!is_in_table(record, columns)) text += "  " + values_text(record) + '\n';
  }
  return text.empty() ? text : '\n' + text;
}

json::value refusal_json(const PreviewRecord& record) {
  if (!record.refusal) return nullptr;
  const PreviewRefusal& why = *record.refusal;
  json::object object{{"step", why.step}, {"stage", why.stage}, {"code", why.code}, {"message", why.message}};
  if (!why.column.empty()) object["column"] = why.column;
  if (!why.location.empty()) object["location"] = why.location;
  if (!record.batch) engine::put_raw(object, why.raw);
  return object;
}

}  // namespace

std::string cell_text(const record::Batch& batch, const record::Schema& schema, std::int64_t row, std::size_t column) {
  const record::ColumnView cells(batch.column(column), schema.type(column));
  if (schema.type(column).id == record::TypeId::null_ || cells.is_null(row)) return "NULL";
  std::string text = record::text_of(batch, schema, row, column);
  if (record::is_text(schema.type(column).id) && needs_quotes(text)) return json::serialize(json::string(text));
  return text;
}

std::string preview_text(const Preview& preview, const record::Schema& columns, const Device& device) {
  if (preview.records.empty()) return "";
  const Grid grid(preview, columns, device);
  return (grid.fits() ? grid.table() : grid.blocks()) + reasons_text(preview, columns, device);
}

json::object preview_json(const Preview& preview, const record::Schema& columns) {
  json::array names, records;
  for (const auto& field : columns.fields())
    names.push_back(json::object{{"name", field.name}, {"type", record::name_of(field.type)}});
  for (const PreviewRecord& record : preview.records) {
    json::value values;
    if (record.batch) values = record::json_of(*record.batch, *record.schema, record.row);
    records.push_back(json::object{{"record", std::move(values)}, {"dirty", refusal_json(record)}});
  }
  return {{"columns", std::move(names)},      {"records", std::move(records)}, {"cast", preview.is_cast},
          {"whole_source", preview.is_whole}, {"filtered", preview.filtered},  {"added", preview.added}};
}

}  // namespace sluice::cli
