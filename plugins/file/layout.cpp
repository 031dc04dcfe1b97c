// SPDX-License-Identifier: Apache-2.0
#include "layout.hpp"

#include <algorithm>

#include "descriptor.hpp"
#include "json_columns.hpp"
#include "open_text.hpp"
#include "sluice/suggest.hpp"

namespace sluice::file {

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::size_t position_of(const std::string& name, const std::vector<std::string>& header, const std::string& path) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
  const std::string meant = did_you_mean(name, header);
  throw invalid("no such name in the file's header: " + name + "; " + (meant.empty() ? "" : meant + " ") +
                "the header of " + path + " has: " + listed(header));
}

void find_by_name(Layout& layout, const std::vector<std::string>& header, const std::string& path) {
  for (Column& column : layout.columns)
    if (!column.index && !column.constant) column.index = position_of(column.source, header, path);
}

// With ["*"] every file has to have the header of the first.
void compare_headers(const std::vector<Column>& columns, const std::vector<std::string>& header,
                     const std::string& path) {
  std::vector<std::string> wanted;
  for (const Column& column : columns) wanted.push_back(column.source);
  if (wanted == header) return;
  throw invalid("the files have different headers, and \"column\": [\"*\"] takes them as one table; " + path +
                " has: " + listed(header) + "; the first file has: " + listed(wanted));
}

// Without a header: the columns tell how many fields there are, when they cover all of them.
void count_fields(Layout& layout) {
  std::vector<bool> used;
  for (const Column& column : layout.columns) {
    if (!column.index) continue;
    if (*column.index >= used.size()) used.resize(*column.index + 1);
    used[*column.index] = true;
  }
  layout.least_fields = used.size();
  if (std::find(used.begin(), used.end(), false) == used.end()) layout.fields = used.size();
}

}  // namespace

bool Layout::has_empty_records() const {
  return fields == 1 && std::any_of(columns.begin(), columns.end(), [](const Column& column) {
           return column.index && (column.kind == Kind::text || column.kind == Kind::bytes);
         });
}

std::vector<Column> find_columns(const ReadSettings& settings, const std::vector<std::string>& files) {
  if (settings.columns) return *settings.columns;
  for (const std::string& path : files) {
    if (settings.format.format == Format::jsonl) {
      const auto keys = first_keys(settings, path);
      if (!keys.empty()) return text_columns(keys);
      continue;
    }
    std::vector<std::string> names = first_record(settings, path);
    if (names.empty()) continue;
    if (!settings.skip_header) names.assign(names.size(), "");
    return text_columns(names);
  }
  throw invalid("\"column\": [\"*\"] takes the columns from the files, and they are empty");
}

void check_columns(const Context& context, const ReadSettings& settings, const std::vector<std::string>& files) {
  if (!settings.columns || !settings.skip_header || settings.format.format == Format::jsonl) return;
  std::vector<std::string> header;
  auto file = files.begin();
  for (; file != files.end() && header.empty(); ++file) header = first_record(settings, *file);
  if (header.empty()) return;
  const std::string fields = "the header of " + *std::prev(file) + " has: " + listed(header);
  bool is_wrong = false;
  for (std::size_t i = 0; i < settings.columns->size(); ++i) {
    const Column& column = (*settings.columns)[i];
    const std::string place = Context::element("column", i);
    if (column.index && *column.index >= header.size())
      context.error(place + ".index", "the file has no such field: " + std::to_string(*column.index),
                    "counted from 0; " + fields);
    else if (!column.index && !column.constant && std::ranges::find(header, column.source) == header.end())
      context.error(
          place, "no such name in the file's header: " + column.source,
          did_you_mean(column.source, header) + (did_you_mean(column.source, header).empty() ? "" : " ") + fields);
    else
      continue;
    is_wrong = true;
  }
  if (is_wrong) throw invalid("columns that the file does not have: " + *std::prev(file));
}

Layout find_layout(const ReadSettings& settings, const std::vector<Column>& columns, const std::string& path) {
  Layout layout{columns, std::nullopt, 0};
  if (settings.format.format == Format::jsonl) return layout;
  if (!settings.skip_header) {
    count_fields(layout);
    return layout;
  }
  const std::vector<std::string> header = first_record(settings, path);
  if (header.empty()) return layout;
  if (!settings.columns) compare_headers(columns, header, path);
  find_by_name(layout, header, path);
  count_fields(layout);
  layout.fields = header.size();
  if (layout.least_fields > header.size())
    throw invalid("a column's index is not in the file: " + std::to_string(layout.least_fields - 1) + "; " + path +
                  " has " + std::to_string(header.size()) + " fields");
  return layout;
}

}  // namespace sluice::file
